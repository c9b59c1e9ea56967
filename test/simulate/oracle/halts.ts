import type { Fact } from "../fact.ts";
import { mayHalt, mayLift } from "./people.ts";

/** Deploys that somebody stopped by hand. */
export interface Halt {
  readonly number: number;
  readonly by: string;
  readonly since: Date;
}

const HALT_LABEL = "deploy-halt";

/** The halts that are in force after these facts. */
export function haltsOf(facts: readonly Fact[], repository: string): readonly Halt[] {
  let halts: readonly Halt[] = [];
  for (const fact of facts) {
    if (!("repository" in fact) || fact.repository !== repository) continue;
    if (fact.kind !== "issue" && fact.kind !== "comment") continue;
    const { number, by, at } = fact;
    if (begins(fact)) {
      if (mayHalt(facts, repository, by, at)) halts = [...halts, { number, by, since: at }];
      continue;
    }
    if (!ends(fact)) continue;
    const here = halts.filter((halt) => halt.number === number);
    const meant = fact.kind === "comment" && here.length === 0 ? halts : here;
    const may = (halt: Halt): boolean =>
      mayLift(facts, repository, by, at) || (halt.by === by && mayHalt(facts, repository, by, at));
    halts = halts.filter((halt) => !(meant.includes(halt) && may(halt)));
  }
  return halts;
}

type Touch = Extract<Fact, { readonly kind: "issue" | "comment" }>;

function begins(fact: Touch): boolean {
  return fact.kind === "comment"
    ? fact.command.verb === "halt"
    : fact.did === "labelled" && fact.label === HALT_LABEL;
}

function ends(fact: Touch): boolean {
  if (fact.kind === "comment") return fact.command.verb === "resume";
  return fact.did === "closed" || (fact.did === "unlabelled" && fact.label === HALT_LABEL);
}
