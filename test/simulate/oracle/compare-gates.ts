import type { Difference, Expected, ExpectedGate } from "../judgement.ts";
import type { Seen, SeenGate } from "../seen.ts";

/** What the gate answers against what it should: too shut is a wrong halt, too open a wrong opening. */
export function compareGates(expected: Expected, seen: Seen): readonly Difference[] {
  return seen.gates.flatMap((gate) => compareGate(expected.gate(gate.sha), gate, seen));
}

function compareGate(should: ExpectedGate, gate: SeenGate, { repository, at }: Seen): readonly Difference[] {
  const decision = [should.decision, ...(should.decision === should.wouldBe ? should.or : [])];
  const wouldBe = [should.wouldBe, ...should.or];
  if (decision.includes(gate.decision) && wouldBe.includes(gate.wouldBe)) return [];
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

function nameOf(wanted: string, got: string): Difference["what"] {
  if (got === "open") return "wrong opening";
  return wanted === "open" ? "wrong halt" : "other";
}

function listed(lines: readonly string[]): string {
  return lines.length === 0 ? "nothing holds it" : lines.join("; ");
}
