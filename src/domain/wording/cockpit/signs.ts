import type { Answer } from "../../decision.ts";
import type { Outcome } from "../../model.ts";

/** The one word for each state of the gate, on every page. */
export function gateWord(answer: Answer): string {
  switch (answer) {
    case "open":
      return "Open";
    case "held":
      return "Held";
    case "unknown":
      return "Unknown";
  }
}

/** What a mark says to those who do not see it. */
export function markWord(mark: Outcome | "warning" | "running" | "reverted"): string {
  switch (mark) {
    case "pass":
      return "Passes";
    case "fail":
      return "Fails";
    case "unknown":
      return "Unknown";
    case "warning":
      return "Warning";
    case "running":
      return "Running";
    case "reverted":
      return "Reverted";
  }
}

export function requestUnderWay(): string {
  return "On its way";
}

export function requestUnderWayWhy(): string {
  return "Holdpoint is at it. What became of it appears here by itself.";
}

export function requestDone(): string {
  return "Done";
}

export function requestRefused(): string {
  return "Not done";
}

export function requestConflict(): string {
  return "Somebody else was there first";
}

export function requestFailed(): string {
  return "It did not work";
}
