import { decisionOf } from "../decision.ts";
import type { Finding, RuleName } from "../finding.ts";
import type { Outcome } from "../model.ts";
import { RULES_AT_DEPLOY } from "../rules/registry.ts";
import type { GateAnswer, GateFacts, Judgement, Reason } from "./gate.ts";

/** One rule, what it asks, and what it found. */
export interface WhyRule {
  readonly name: RuleName;
  readonly question: string;
  /** `off`: it is not asked here. `not-asked`: it could not be, because what it reads is not known. */
  readonly outcome: Outcome | "warning" | "off" | "not-asked";
  readonly findings: readonly WhyFinding[];
}

export interface WhyFinding extends Finding {
  /** It does not pass, and somebody lifted it for now. */
  readonly lifted: boolean;
}

/** The gate's answer for one commit, taken apart: every reason stands in exactly one place. */
export interface WhyTree {
  /** What keeps it from being answered at all: no policy, no such commit, facts that could not be read. */
  readonly ground: readonly Reason[];
  /** Cases and halts. */
  readonly holds: readonly Reason[];
  /** What was lifted, and by whom. */
  readonly lifted: readonly Reason[];
  /** Where the commit stands; null: not known. */
  readonly place: (Pick<Judgement, "place" | "wasLive"> & { readonly reason: Reason | null }) | null;
  /** null: nothing was judged. */
  readonly verdict: {
    readonly outcome: Outcome;
    readonly rules: readonly WhyRule[];
    /** What could not be verified is let through by `on_unknown: allow`. */
    readonly letThrough: boolean;
  } | null;
  /** When the facts behind it were read; null: they were not. */
  readonly readAt: Date | null;
}

/** Takes the answer apart. What the verdict says stands with its rules, with the values seen. */
export function whyTree(
  { judgement, policy }: Pick<GateFacts, "judgement" | "policy">,
  { reasons }: Pick<GateAnswer, "reasons">,
): WhyTree {
  const known = judgement.state === "known" ? judgement.value : null;
  const verdict = known?.verdict ?? null;
  const found = new Set(verdict?.findings.map(({ code }) => code));
  const places = new Map(reasons.map((reason) => [reason, placeOf(reason, found)]));
  const at = (place: ReturnType<typeof placeOf>) => reasons.filter((one) => places.get(one) === place);
  return {
    ground: at("ground"),
    holds: at("hold"),
    lifted: at("lifted"),
    place:
      known === null ? null : { place: known.place, wasLive: known.wasLive, reason: at("place")[0] ?? null },
    verdict:
      verdict === null
        ? null
        : {
            outcome: verdict.outcome,
            letThrough:
              policy !== null && decisionOf(verdict, { ...policy, mode: "enforce" }).because === "on-unknown",
            rules: RULES_AT_DEPLOY.map(({ name, question }) => {
              const findings = verdict.findings
                .filter(({ rule }) => rule === name)
                .map((finding) => ({ ...finding, lifted: isLifted(finding, reasons) }));
              const off = verdict.skipped.includes(name);
              return { name, question, findings, outcome: outcomeOf(findings, off) };
            }),
          },
    readAt: known?.readAt ?? null,
  };
}

function placeOf(
  { kind, code }: Reason,
  found: ReadonlySet<string>,
): "hold" | "lifted" | "place" | "finding" | "ground" {
  if (kind === "case" || kind === "halt" || code === "expiry-unverified") return "hold";
  if (kind === "override") return "lifted";
  if (kind === "policy") return "ground";
  if (code === "not-on-deploy-branch") return "place";
  return found.has(code) ? "finding" : "ground";
}

/** What holds is a reason; what does not pass and is none was lifted, where anything was. */
function isLifted({ outcome, code }: Finding, reasons: readonly Reason[]): boolean {
  if (outcome === "pass" || !reasons.some(({ kind }) => kind === "override")) return false;
  return !reasons.some((one) => (one.kind === "verdict" || one.kind === "unverified") && one.code === code);
}

function outcomeOf(findings: readonly WhyFinding[], off: boolean): WhyRule["outcome"] {
  if (findings.length === 0) return off ? "off" : "not-asked";
  const left = findings.filter(({ lifted }) => !lifted);
  if (left.some(({ outcome }) => outcome === "fail")) return "fail";
  if (left.some(({ outcome }) => outcome === "unknown")) return "unknown";
  return left.length < findings.length || left.some(({ warning }) => warning) ? "warning" : "pass";
}
