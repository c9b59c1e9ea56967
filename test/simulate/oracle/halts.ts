import type { Fact } from "../fact.ts";
import type { Sure } from "../judgement.ts";
import { both, inAny, not } from "./moment.ts";
import { mayHalt, mayLift } from "./people.ts";

/** Deploys that somebody stopped by hand. */
export interface Halt {
  /** The issue on which it was said or labelled. */
  readonly number: number;
  readonly by: string;
  readonly since: Date;
  /** Whether it is in force; never `no`. */
  readonly sure: Sure;
}

type Touch = Extract<Fact, { readonly kind: "issue" | "comment" }>;

const HALT_LABEL = "deploy-halt";

/** The halts in force after one more fact; `facts` are all that there are, to know who may. */
export function haltsAfter(halts: readonly Halt[], fact: Fact, facts: readonly Fact[]): readonly Halt[] {
  if (fact.kind !== "issue" && fact.kind !== "comment") return halts;
  const { number, by, at } = fact;
  if (begins(fact)) {
    const sure = mayHalt(facts, fact);
    return sure === "no" ? halts : [...halts, { number, by, since: at, sure }];
  }
  if (!ends(fact)) return halts;
  const here = halts.filter((halt) => halt.number === number);
  const meant = fact.kind === "comment" && here.length === 0 ? halts : here;
  return halts.flatMap((halt) => {
    if (!meant.includes(halt)) return [halt];
    const own: Sure = halt.by === by ? mayHalt(facts, fact) : "no";
    const sure = both(halt.sure, not(inAny([mayLift(facts, fact), own])));
    return sure === "no" ? [] : [{ ...halt, sure }];
  });
}

function begins(fact: Touch): boolean {
  return fact.kind === "comment"
    ? fact.command.verb === "halt"
    : fact.did === "labelled" && fact.label === HALT_LABEL;
}

function ends(fact: Touch): boolean {
  if (fact.kind === "comment") return fact.command.verb === "resume";
  return fact.did === "closed" || (fact.did === "unlabelled" && fact.label === HALT_LABEL);
}
