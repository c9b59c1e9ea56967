import { judgeMessages, repeated } from "../judge/messages.ts";
import { judgeRecords } from "../judge/records.ts";
import { API_TOKEN, type Stage } from "../stage.ts";
import type { BusyRepository } from "./busy-repository.ts";

/** What must hold at any moment, not only when all is quiet: a line for each thing that does not. */
export async function checkInvariants(
  stage: Stage,
  repositories: readonly BusyRepository[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { repository, isHalted, head } of repositories) {
    const issues = await stage.witness.issuesByApps(repository);
    const open = issues.filter(({ state }) => state === "open").map(({ title }) => title);
    const found = repeated(open).map((title) => `two open issues: ${title}`);
    for (const { number } of issues) {
      const comments = await stage.witness.commentsByApps(repository, number);
      found.push(
        ...repeated(comments).map((text) => `said twice on #${String(number)}: ${text.slice(0, 80)}`),
      );
    }
    // Halted before and after the question: in between it was, too.
    if (isHalted() && (await decision(stage, repository, head())) === "open" && isHalted()) {
      found.push("the gate is open though somebody has halted it");
    }
    found.push(...(await judgeMessages(stage, repository)));
    wrong.push(...found.map((line) => `${repository}: ${line}`));
  }
  // Deliveries are still on their way, or are tried again.
  const records = await judgeRecords(stage);
  wrong.push(...records.filter((line) => !/^delivery \S+ \(\S+\) is (received|failed)$/.test(line)));
  wrong.push(...stage.replicas.told().endedAtWork.map((words) => `a replica ended by itself: ${words}`));
  return wrong;
}

async function decision({ front }: Stage, repository: string, sha: string): Promise<string> {
  const response = await fetch(
    `${front.url}/api/v1/repos/${repository}/gate?environment=production&sha=${sha}`,
    { headers: { authorization: `Bearer ${API_TOKEN}` } },
  );
  const text = await response.text();
  return /"decision":\s*"(\w+)"/.exec(text)?.[1] ?? "";
}
