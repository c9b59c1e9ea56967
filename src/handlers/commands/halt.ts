import { channelMessage, reasonInSlack } from "../../domain/authority/hold-message.ts";
import { nameOf, whom } from "../../domain/authority/issue-notes.ts";
import type { Command } from "../../domain/commands.ts";
import { markdownProse } from "../../domain/escape/markdown-prose.ts";
import { slackText } from "../../domain/escape/slack-text.ts";
import { haltBegan, haltBeganNext } from "../../domain/wording/authority.ts";
import { addHalt } from "../../store/halt.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, shownAt, sourceOf } from "./asked.ts";
import { placeOf } from "./environment.ts";
import { refuseUnlessMayWrite } from "./may-lift.ts";

/** `halt [ENV] because …`: deploys stop at once, everywhere or there. Anybody with write access may. */
export async function halt(
  asked: AskedUnderPolicy,
  { because, environment: named }: Extract<Command, { kind: "halt" }>,
): Promise<CommandResult> {
  const refusal = await refuseUnlessMayWrite(asked, "halt");
  if (refusal !== null) return refusal;
  const { dependencies, said, issueNumber, ground, policy, by } = asked;
  const place = named === null ? null : placeOf(asked, "halt", named);
  if (place?.ok === false) return place.refusal;
  const environment = place?.environment ?? null;
  const source = sourceOf(asked);
  const { id: repositoryId } = ground.repository;
  const beganAt = dependencies.clock.now();
  const person = nameOf(by.login);
  const where = environment === null ? null : nameOf(environment);
  const inSlack = haltBegan(
    slackText(by.login),
    environment === null ? null : slackText(environment),
    reasonInSlack(because),
  );
  return {
    answer: [
      haltBegan(person, where, markdownProse(because)),
      haltBeganNext(person, whom(policy.override), said.door),
    ].join("\n\n"),
    change: async (transaction) => {
      const given = { repositoryId, source, environment, issueNumber, because, by, beganAt };
      return (await addHalt(transaction, given)) !== null;
    },
    looks: shownAt(asked),
    effects: channelMessage(ground.repository, policy, `halt-began:${source}`, inSlack),
    record: recordOf(asked, "halt-began", { source, environment, because }),
  };
}
