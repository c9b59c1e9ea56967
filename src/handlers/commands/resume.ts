import { channelMessage, reasonInSlack } from "../../domain/authority/hold-message.ts";
import { nameOf, whom } from "../../domain/authority/issue-notes.ts";
import type { Command } from "../../domain/commands.ts";
import { markdownProse } from "../../domain/escape/markdown-prose.ts";
import { slackText } from "../../domain/escape/slack-text.ts";
import type { Subject } from "../../domain/subject.ts";
import { haltEnded } from "../../domain/wording/authority.ts";
import * as wording from "../../domain/wording/commands.ts";
import { readAuthority } from "../../snapshot/read-authority.ts";
import { endHalt, listHalts, type StoredHalt } from "../../store/halt.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, saidAt, sourceOf } from "./asked.ts";

/**
 * `resume because …`: ends the halts that were said on this issue, or, said elsewhere, all of the repository; in the cockpit the one
 * that was shown. Whoever halted may end that again; others have to be authorised.
 */
export async function resume(
  asked: AskedUnderPolicy,
  { because }: Extract<Command, { kind: "resume" }>,
): Promise<CommandResult> {
  const { dependencies, said, issueNumber, ground, policy, by } = asked;
  const { id: repositoryId } = ground.repository;
  const standing = await listHalts(dependencies.database, repositoryId);
  const all = standing.filter((one) => !isSaidAfter(one, asked));
  const meant = meantOf(asked, all);
  if (meant.length === 0) return refused(asked, "resume", "no-halt", wording.noHalt(said.door));
  const own = meant.filter(({ byId }) => byId === by.id);
  let ending: readonly StoredHalt[] = own;
  if (own.length < meant.length) {
    const question = { repository: ground.repository, policy, login: by.login };
    const { mayLift, unreadTeam } = await readAuthority(dependencies, question);
    if (mayLift) ending = meant;
    if (ending.length === 0) {
      return unreadTeam === null
        ? refused(
            asked,
            "resume",
            "not-authorised",
            refusalText(
              meant.map((one) => one.by),
              asked,
            ),
          )
        : refused(asked, "resume", "team-unread", wording.teamUnread(nameOf(unreadTeam)));
    }
  }
  const left = meant.length - ending.length;
  const issues = new Set([issueNumber, ...ending.map((one) => one.issueNumber)]);
  const looks: readonly Subject[] = [
    { kind: "gate", repositoryId },
    ...[...issues].flatMap((number) =>
      number === null ? [] : [{ kind: "issue", repositoryId, number } as const],
    ),
  ];
  const key = `halt-ended:${sourceOf(asked)}`;
  const inSlack = haltEnded(slackText(by.login), reasonInSlack(because));
  return {
    answer: [
      haltEnded(nameOf(by.login), markdownProse(because)),
      ...(left === 0 ? [] : [wording.haltsLeft(left, whom(policy.override))]),
    ].join("\n\n"),
    change: async (transaction, at) => {
      let ended = false;
      for (const one of ending) {
        ended = (await endHalt(transaction, one, { at, by: by.login })) || ended;
      }
      return ended;
    },
    looks,
    effects: channelMessage(ground.repository, policy, key, inSlack),
    record: recordOf(asked, "halt-ended", { halts: ending.map(({ source }) => source), because }),
  };
}

function meantOf({ said, issueNumber }: AskedUnderPolicy, all: readonly StoredHalt[]): readonly StoredHalt[] {
  if (said.door === "cockpit") {
    const { on } = said;
    return on.kind === "halt" ? all.filter(({ id }) => id === on.id) : all;
  }
  const here = all.filter((one) => one.issueNumber === issueNumber);
  return here.length > 0 ? here : all;
}

/** Comments may be heard in any order: whoever ended a halt knew nothing of one that somebody called after these words. */
function isSaidAfter({ source, beganAt }: StoredHalt, asked: AskedUnderPolicy): boolean {
  const { said } = asked;
  const halter = /^comment:([0-9]+)$/.exec(source)?.[1];
  return halter === undefined || said.door === "cockpit"
    ? beganAt.getTime() > saidAt(asked).getTime()
    : Number(halter) > said.comment.id;
}

function refusalText(halters: readonly string[], { policy, said }: AskedUnderPolicy): string {
  return wording.resumeNeedsAuthority([...new Set(halters)].map(nameOf), whom(policy.override), said.door);
}
