import { writeFileSync } from "node:fs";
import { describeMachine } from "../../bench/machine.ts";
import { LONGEST_BLOCK, type Played, type Target } from "../target.ts";
import { leastBlock, type WorstCase, worstCases } from "../worst-cases.ts";

const REPORT = new URL("../../../docs/proof/event-loop.md", import.meta.url);
const TRIES = 5;

interface Measured extends WorstCase {
  readonly block: number;
}

async function measureAll(): Promise<Played> {
  const measured: Measured[] = [];
  for (const one of worstCases())
    measured.push({ ...one, block: await leastBlock(one, one.bounded ? TRIES : 2) });
  writeFileSync(REPORT, writeReport(measured));
  const missed = measured.filter(isMissed);
  const wrong = missed.map(({ name, block }) => `${name}: ${block.toFixed(0)} ms`).join("\n");
  const finding =
    missed.length === 0 ? null : { seed: 0, path: "0", input: "see docs/proof/event-loop.md", wrong };
  return { inputs: measured.length, slowest: Math.max(...measured.map(({ block }) => block)), finding };
}

function isMissed({ bounded, block }: Measured): boolean {
  return bounded && block > LONGEST_BLOCK;
}

function writeReport(measured: readonly Measured[]): string {
  const { cores, processor, memory, load } = describeMachine("not used");
  return `${[
    "# The event loop",
    "",
    `Written by \`npm run fuzz -- --target event-loop\`. How long one input keeps everything else waiting: processor time of the thread, the least of ${String(TRIES)} tries (of larger payloads, of two), so that other work of the machine is not in it. The figure: at most ${String(LONGEST_BLOCK)} ms for payloads up to 1 MB and any other input within its limits; larger payloads are measured and stated here.`,
    "",
    `Machine: ${String(cores)} cores (${processor}), ${memory}, Node ${process.version}, load ${load.toFixed(1)} from other work.`,
    "",
    "| input | ms | |",
    "| ----- | -: | - |",
    ...measured.map(
      (one) => `| ${one.name.replaceAll("|", "\\|")} | ${one.block.toFixed(1)} | ${verdictOn(one)} |`,
    ),
    "",
    "Payloads are inflated off the main thread (zstd), and read and translated on it. A change set or a trunk is judged in one piece.",
  ].join("\n")}\n`;
}

function verdictOn(one: Measured): string {
  if (!one.bounded) return "stated";
  return isMissed(one) ? "**missed**" : "reached";
}

export const eventLoop: Target = {
  name: "event-loop",
  claim:
    "the largest and hardest inputs: none but larger payloads blocks for more than 50 ms; docs/proof/event-loop.md",
  once: true,
  play: measureAll,
};
