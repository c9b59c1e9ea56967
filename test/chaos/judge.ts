import type { Stage } from "./stage.ts";
import { judgeMessages } from "./judge/messages.ts";
import { judgeRecords } from "./judge/records.ts";
import { judgeRepository } from "./judge/repository.ts";

/** What is not as it must be, a line each; empty where all is. To be asked when everything is settled. */
export async function judge(stage: Stage): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const story of stage.life.stories()) {
    const { repository } = story;
    const found = [
      ...(story.isOver() ? [] : [`is still at "${story.chapter()}"`]),
      ...(await story.judge()),
      ...(await judgeRepository(stage, repository)),
      ...(await judgeMessages(stage, repository)),
    ];
    wrong.push(...found.map((line) => `${repository}: ${line}`));
  }
  wrong.push(...(await judgeRecords(stage)));
  for (const words of stage.replicas.told().endedAtWork) wrong.push(`a replica ended by itself: ${words}`);
  return wrong;
}
