import type { Difference, Expected, ExpectedGate } from "../judgement.ts";
import type { Seen, SeenGate } from "../seen.ts";

/** What the gate answers against what it should: too shut is a wrong halt, too open a wrong opening. */
export function compareGates(expected: Expected, seen: Seen): readonly Difference[] {
  return seen.gates.flatMap((gate) => compareGate(expected.gate(gate.sha), gate, seen));
}

function compareGate(should: ExpectedGate, gate: SeenGate, seen: Seen): readonly Difference[] {
  const { repository, at } = seen;
  const decision = [should.decision, ...(should.decision === should.wouldBe ? should.or : [])];
  const wouldBe = [should.wouldBe, ...should.or];
  if (decision.includes(gate.decision) && wouldBe.includes(gate.wouldBe))
    return otherReasons(should, gate, seen);
  const [wanted, got] = decision.includes(gate.decision)
    ? [should.wouldBe, gate.wouldBe]
    : [should.decision, gate.decision];
  return [
    {
      what: nameOf(wanted, got),
      repository,
      at,
      expected: `${gate.sha.slice(0, 7)} ${should.decision} (would be ${should.wouldBe}): ${listed(should.because)}`,
      seen: `${gate.decision} (would be ${gate.wouldBe}): ${listed(gate.reasons.map(({ code, message }) => `${code}, ${message}`))}`,
    },
  ];
}

/** The right answer for another reason is a wrong one that nobody has noticed yet. */
function otherReasons(should: ExpectedGate, gate: SeenGate, { repository, at }: Seen): readonly Difference[] {
  const seen = new Set(gate.reasons.filter(({ kind }) => kind !== "override").map(({ code }) => code));
  if (should.or.length > 0) return [];
  const isLost = should.reasons.some(({ code }) => code === "lost");
  const missing = should.reasons.filter(({ code, sure }) => sure === "yes" && !isAmong(seen, code));
  // What else is wrong with something that goes back is not told of.
  const extra = isLost ? [] : [...seen].filter((code) => !should.reasons.some((one) => one.code === code));
  if (missing.length + extra.length === 0) return [];
  return [
    {
      what: "other",
      repository,
      at,
      expected: `${gate.sha.slice(0, 7)} for these reasons: ${listed(should.because)}`,
      seen: listed(gate.reasons.map(({ code, message }) => `${code}, ${message}`)),
    },
  ];
}

function isAmong(codes: ReadonlySet<string>, code: string): boolean {
  return code === "lost" ? codes.has("behind") || codes.has("diverged") : codes.has(code);
}

function nameOf(wanted: string, got: string): Difference["what"] {
  if (got === "open") return "wrong opening";
  return wanted === "open" ? "wrong halt" : "other";
}

function listed(lines: readonly string[]): string {
  return lines.length === 0 ? "nothing holds it" : lines.join("; ");
}
