import type { PolicyProblem } from "../domain/policy.ts";
import { fileTooLarge, isUtf16, notUtf8, strangeCharacter } from "../domain/wording/policy.ts";
import { findHiddenCharacter } from "./hidden-character.ts";
import { createProblem } from "./problem.ts";
import type { Position } from "./source-node.ts";

/** A policy is a page or two; the limit keeps reading it well below 50 ms. */
export const LARGEST_POLICY = 65_536;

const START: Position = { line: 1, column: 1 };
const BYTE_ORDER_MARK = "\uFEFF";

/** The text of a policy file's bytes, or why they are none. A UTF-8 byte-order mark is taken off. */
export function decodePolicyText(
  bytes: Uint8Array,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: PolicyProblem } {
  if (bytes.byteLength > LARGEST_POLICY + 3) {
    return refuse(fileTooLarge(bytes.byteLength, LARGEST_POLICY));
  }
  const mark = `${bytes[0] ?? 0},${bytes[1] ?? 0}`;
  if (mark === "255,254" || mark === "254,255" || bytes.subarray(0, 4).includes(0)) {
    return refuse(isUtf16());
  }
  try {
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return refuse(notUtf8());
    throw error;
  }
}

function refuse(message: string) {
  return { ok: false, problem: createProblem(START, "", message) } as const;
}

/**
 * The text that may go to the YAML parser, or the one problem that keeps it out: too long, another encoding,
 * or invisible characters that would show a reviewer another text than the one that counts.
 */
export function checkPolicyText(
  given: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: PolicyProblem } {
  const text = given.startsWith(BYTE_ORDER_MARK) ? given.slice(1) : given;
  const bytes = countBytes(text);
  if (bytes > LARGEST_POLICY) return refuse(fileTooLarge(bytes, LARGEST_POLICY));
  if (text.slice(0, 4).includes("\0") || text.startsWith("\uFFFE") || text.startsWith("\uFFFD\uFFFD")) {
    return refuse(isUtf16());
  }
  const index = findHiddenCharacter(text, "\t\n\r");
  if (index === null) return { ok: true, text };
  const at = createLocator(text)(index);
  const message = text[index] === "\uFFFD" ? notUtf8() : strangeCharacter(text.charCodeAt(index));
  return { ok: false, problem: createProblem(at, "", message) };
}

function countBytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

/** Turns offsets into lines and columns. */
export function createLocator(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
