/** A moment that is known to lie between two others; mostly both are the same. */
export interface Between {
  readonly from: Date;
  readonly to: Date;
}

export type Sure = "yes" | "no" | "maybe";

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
