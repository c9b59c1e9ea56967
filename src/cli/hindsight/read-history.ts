import { basename, dirname } from "node:path";
import { findTrunk } from "../../adapters/git/find-trunk.ts";
import { openClone } from "../../adapters/git/open-clone.ts";
import { readTrunkCommits, readTrunkTimes } from "../../adapters/git/read-trunk.ts";
import { type Reverted, findReverts } from "../../domain/hindsight/find-reverts.ts";
import { landingTimes } from "../../domain/hindsight/landing-times.ts";
import { type World, buildWorld } from "../../domain/hindsight/world.ts";
import type { CommitSha } from "../../domain/model.ts";
import { historyCutOff, nothingInWindow } from "../../domain/wording/hindsight/options.ts";
import { day } from "../../domain/wording/hindsight/amounts.ts";
import { explainGitRefusal } from "../git-refusal.ts";

/** A stretch of a real trunk, and what is to be known about it. */
export interface History {
  readonly name: string;
  readonly trunk: string;
  readonly tip: CommitSha;
  readonly world: World;
  /** Every commit of the line of first parents. */
  readonly shas: readonly CommitSha[];
  readonly reverted: readonly Reverted[];
  /** Commits of the window whose written time was not believed. */
  readonly moved: number;
  /** When the history begins, where that is within the window. */
  readonly begins: Date | null;
}

export type HistoryRead =
  | { readonly ok: true; readonly history: History }
  | { readonly ok: false; readonly message: string };

export interface HistoryQuestion {
  readonly path: string;
  /** null: the default branch. */
  readonly trunk: string | null;
  readonly days: number;
  /** null: the newest commit. */
  readonly until: Date | null;
  /** Not before this, unless it was asked for. */
  readonly atLeast: Date;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly now: Date;
}

const DAY = 86_400_000;

/** Reads the trunk of a clone over a window that ends with its newest commit, or where it was asked to. Fetches nothing. */
export async function readHistory(question: HistoryQuestion): Promise<HistoryRead> {
  const opened = await openClone(question.path, question.environment, question.signal);
  if (!opened.ok) return { ok: false, message: explainGitRefusal(opened.refusal) };
  const { clone, boundary } = opened;
  const trunk = await findTrunk(clone, question.trunk);
  if (!trunk.ok) return { ok: false, message: explainGitRefusal(trunk.refusal) };
  const line = await readTrunkTimes(clone, trunk.tip);
  if (!line.ok) return { ok: false, message: explainGitRefusal(line.refusal) };
  const oldestFirst = line.commits.toReversed();
  const written = oldestFirst.map(({ committedAt }) => committedAt);
  const { times } = landingTimes(written, question.now.getTime());
  const newest = times.at(-1) ?? 0;
  const until = question.until ?? new Date(Math.max(newest, question.atLeast.getTime()));
  const from = new Date(until.getTime() - question.days * DAY);
  const first = times.findIndex((time) => time >= from.getTime());
  const end = times.findLastIndex((time) => time <= until.getTime()) + 1;
  if (first < 0 || end <= first) {
    return { ok: false, message: nothingInWindow(day(from), day(until), day(new Date(newest))) };
  }
  const oldest = oldestFirst[0];
  if (first === 0 && oldest !== undefined && boundary.has(oldest.sha)) {
    return { ok: false, message: historyCutOff(clone.path, day(new Date(times[0] ?? 0)), day(from)) };
  }
  const last = oldestFirst[end - 1];
  if (last === undefined) throw new RangeError("the window has commits");
  const read = await readTrunkCommits(clone, last.sha, end - first);
  if (!read.ok) return { ok: false, message: explainGitRefusal(read.refusal) };
  const commits = read.commits.toReversed();
  const landed = times.slice(first, end);
  const world = buildWorld({ commits, landed, mergedAuthors: read.mergedAuthors, from, until });
  return {
    ok: true,
    history: {
      name: nameOf(clone.path),
      trunk: trunk.name,
      tip: trunk.tip,
      world,
      shas: oldestFirst.map(({ sha }) => sha),
      reverted: findReverts(world, commits),
      moved: landed.filter((time, index) => time !== written[first + index]).length,
      begins: first === 0 ? new Date(times[0] ?? 0) : null,
    },
  };
}

/** What people call the repository: its folder's name, without what git adds to it. */
function nameOf(path: string): string {
  const own = basename(path);
  return own === ".git" ? basename(dirname(path)) : own.replace(/\.git$/, "");
}
