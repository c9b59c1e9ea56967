import type { Sure } from "../judgement.ts";

/** A moment that is known to lie between two others; mostly both are the same. */
export interface Between {
  readonly from: Date;
  readonly to: Date;
}

export const HOUR = 3_600_000;

export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

export function plusHours(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * HOUR);
}

/** Whether it has come. */
export function isPast(moment: Between, at: Date): Sure {
  if (at >= moment.to) return "yes";
  return at < moment.from ? "no" : "maybe";
}

/** What holds in all of them, in none, or in some. */
export function inAll(answers: readonly Sure[]): Sure {
  if (answers.every((one) => one === "no")) return "no";
  return answers.every((one) => one === "yes") ? "yes" : "maybe";
}

/** What holds in at least one of them. */
export function inAny(answers: readonly Sure[]): Sure {
  if (answers.includes("yes")) return "yes";
  return answers.includes("maybe") ? "maybe" : "no";
}

export function both(one: Sure, other: Sure): Sure {
  if (one === "no" || other === "no") return "no";
  return one === "yes" && other === "yes" ? "yes" : "maybe";
}

export function not(one: Sure): Sure {
  if (one === "maybe") return "maybe";
  return one === "yes" ? "no" : "yes";
}

/** Equal ones once, in the order in which they came. */
export function different<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
