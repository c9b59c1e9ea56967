import type { Dice } from "../dice.ts";
import type { Mailbox } from "../mailbox.ts";
import type { Place, Town } from "../town.ts";
import type { Weather } from "../weather.ts";

/** What a move is played with. */
export interface MoveContext {
  readonly town: Town;
  readonly weather: Weather;
  readonly mailbox: Mailbox;
  readonly dice: Dice;
  /** Which repository, and what it is now. */
  readonly index: number;
  readonly place: () => Place;
  /** The next process that has work is abandoned after so many crossings. */
  readonly doom: (crossings: number) => void;
}

/** `impossible`: there was nothing to do it to. */
export type Played = "played" | "impossible";

export const MINUTE = 60_000;

export function headOf({ trunk }: Place): string {
  const head = trunk.at(-1);
  if (head === undefined) throw new Error("a trunk has a head");
  return head;
}
