import { describeLoosening } from "../../domain/wording/loosening.ts";
import * as wording from "../../domain/wording/commands.ts";
import { acceptPolicy as keepAccepted, forgetAcceptedPolicy } from "../../store/accepted-policy.ts";
import { endCase, listOpenCases } from "../../store/compliance-case.ts";
import { endHalt, listHalts } from "../../store/halt.ts";
import type { Transaction } from "../../database/database.ts";
import { tellOfCases } from "../tell-of-cases.ts";
import { type AskedUnderPolicy, type CommandResult, recordOf, refused, saidAt } from "./asked.ts";
import { refuseUnlessMayLift } from "./may-lift.ts";

/**
 * `accept-policy`: open cases and halts stand on the looser policy from now on. By somebody whom the stricter one authorises (J9), and
 * only what had been read when it was said: whoever pushes something looser in between does not get that accepted, too.
 */
export async function acceptPolicy(asked: AskedUnderPolicy): Promise<CommandResult> {
  const refusal = await refuseUnlessMayLift(asked, "accept-policy");
  if (refusal !== null) return refusal;
  const { ground, said, by } = asked;
  const { loosened, texts, waitingSince } = ground;
  if (loosened.length === 0) {
    return refused(asked, "accept-policy", "nothing-waits", wording.nothingToAccept());
  }
  if (waitingSince !== null && waitingSince.getTime() > seenAt(asked)) {
    const answer = wording.policyChangedSince(loosened.map(describeLoosening), said.door);
    return refused(asked, "accept-policy", "changed-since", answer);
  }
  const { id: repositoryId } = ground.repository;
  const deleted = loosened.some(({ what }) => what === "deleted");
  return {
    answer: wording.policyAccepted(loosened.map(describeLoosening)),
    change: async (transaction, at) => {
      if (texts !== null && !deleted)
        await keepAccepted(transaction, repositoryId, texts, { by: by.login, at });
      else await endEverything(transaction, asked, at);
      return true;
    },
    looks: [
      { kind: "compliance", repositoryId },
      { kind: "deploy", repositoryId },
      { kind: "gate", repositoryId },
    ],
    record: recordOf(asked, "policy-accepted", {
      loosened: loosened.map((one) => ("name" in one ? `${one.what}: ${one.name}` : one.what)),
      sha: texts?.sha ?? null,
      organisation_sha: texts?.organisationSha ?? null,
    }),
  };
}

/**
 * Until when whoever said it can have known of texts that wait. GitHub's times have whole seconds, rounded down: what was read
 * within that second may have come after the words. A form says which texts it showed.
 */
function seenAt(asked: AskedUnderPolicy): number {
  const { said } = asked;
  return said.door === "cockpit" && said.on.kind === "policy"
    ? new Date(said.on.waitingSince).getTime()
    : saidAt(asked).getTime();
}

/** The file was deleted: without a policy there is nothing that a case or a halt could stand on. */
async function endEverything(
  transaction: Transaction,
  { dependencies, ground, policy, by }: AskedUnderPolicy,
  at: Date,
): Promise<void> {
  const { repository } = ground;
  const { id: repositoryId } = repository;
  await forgetAcceptedPolicy(transaction, repositoryId);
  const end = { as: "void", at, by: by.login, because: null, url: null, sha: null } as const;
  const cases = await listOpenCases(transaction, repositoryId);
  for (const { id } of cases) await endCase(transaction, id, end);
  for (const one of await listHalts(transaction, repositoryId)) {
    await endHalt(transaction, one, { at, by: by.login });
  }
  for (const firstRed of new Set(cases.map((one) => one.firstRed.sha))) {
    const ended = cases.filter((one) => one.firstRed.sha === firstRed).map((one) => ({ ...one, end }));
    const announcements = [
      { what: "resolved", key: `void-${firstRed}-${at.getTime()}`, cases: ended },
    ] as const;
    await tellOfCases(transaction, dependencies, { repository, policy, firstRed, announcements, at });
  }
}
