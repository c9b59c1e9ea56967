import { createDice } from "../dice.ts";
import type { Mailbox } from "../mailbox.ts";
import type { Move, MoveKind } from "../plan.ts";
import type { Town } from "../town.ts";
import type { Weather } from "../weather.ts";
import { runAgain } from "./ci.ts";
import { forcePush, mergePullRequest, push, release, revert } from "./commits.ts";
import { MINUTE, type MoveContext, type Played } from "./context.ts";
import * as issues from "./issues.ts";
import { changePolicy, changeRole } from "./rules.ts";
import { mendTicket, spoilTicket } from "./tickets.ts";

export interface Players {
  readonly town: Town;
  readonly weather: Weather;
  readonly mailbox: Mailbox;
  readonly doom: (crossings: number) => void;
}

/** Does what the move says; where that cannot be done just then, somebody pushes a commit instead. */
export async function play(players: Players, move: Move): Promise<void> {
  const context: MoveContext = {
    ...players,
    dice: createDice("move", move.dice),
    index: move.repository,
    place: () => players.town.place(move.repository),
  };
  if ((await MOVES[move.kind](context)) === "impossible") await push(context);
}

const MOVES: Readonly<Record<MoveKind, (context: MoveContext) => Promise<Played | void> | void>> = {
  push,
  "merge a pull request": mergePullRequest,
  "mend a ticket": mendTicket,
  "spoil a ticket": spoilTicket,
  release,
  "run again": runAgain,
  revert,
  "force-push": forcePush,
  "label override": issues.labelOverride,
  "take a label off": issues.unlabelOverride,
  "close the issue": issues.closeIssue,
  extend: issues.extend,
  "override by comment": issues.overrideByComment,
  halt: issues.halt,
  resume: issues.resume,
  "accept the policy": issues.acceptPolicy,
  "change the policy": changePolicy,
  "change a role": changeRole,
  "GitHub is away": (context) => context.weather.outage("github", until(context)),
  "Jira is away": (context) => context.weather.outage("jira", until(context)),
  "Slack is away": (context) => context.weather.outage("slack", until(context)),
  "webhooks are lost": (context) => context.mailbox.outage(until(context)),
  "a replica dies": ({ doom, dice }) => doom(dice.between(1, 300)),
};

/** Minutes mostly, hours now and then. */
function until({ town, dice }: MoveContext): Date {
  const minutes = dice.chance(0.7) ? dice.between(2, 40) : dice.between(60, 720);
  return new Date(town.time.now().getTime() + minutes * MINUTE);
}
