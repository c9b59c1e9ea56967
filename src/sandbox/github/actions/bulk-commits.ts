import { z } from "zod";
import { fastImportStream, type ImportedCommit } from "../git/fast-import.ts";
import { actorOf, expectRepository, type World } from "../world.ts";
import { action } from "./action.ts";
import { author, DEFAULT_AUTHOR, signatureOf } from "./commits.ts";
import { announce, followHead } from "./move-ref.ts";
import { runGit } from "../git/run-git.ts";

/**
 * Very many commits in one push, through `git fast-import`: the message and the file are made of the pattern, `{n}` stands for the
 * commit's number, `{slot}` for one of fifty. Ten thousand take about a second.
 */
export const bulkCommits = action(
  z.strictObject({
    repository: z.string(),
    branch: z.string(),
    count: z.int().positive().max(100_000),
    message: z.string().default("PLAY-{n}: change {n}"),
    path: z.string().default("changes/{slot}.txt"),
    authors: z.array(author).default([DEFAULT_AUTHOR]),
    /** The time of the first; each is a second after the one before. */
    date: z.iso.datetime().optional(),
    pusher: z.string().default(DEFAULT_AUTHOR),
  }),
  async (world, { repository: name, branch, pusher, ...wanted }) => {
    const repository = expectRepository(world, name);
    const { git } = repository;
    const ref = `refs/heads/${branch}`;
    const before = git.refs.get(ref) ?? null;
    const start = before ?? git.refs.get(`refs/heads/${repository.defaultBranch}`) ?? null;
    const stream = fastImportStream(ref, start, makeCommits(world, wanted));
    await runGit(
      git.directory,
      ["fast-import", "--quiet", "--done", "--date-format=raw", "--depth=0"],
      stream,
    );
    await git.takeIn([ref]);
    const after = git.refs.get(ref) ?? null;
    repository.formerRefs.set(ref, before);
    const actor = actorOf(world, pusher);
    announce(world, repository, actor, { ref, before, after });
    if (after !== null) followHead(world, repository, actor, ref, after);
    return { before, after };
  },
);

interface Wanted {
  readonly count: number;
  readonly message: string;
  readonly path: string;
  readonly authors: readonly (string | { readonly name: string; readonly email: string })[];
  readonly date?: string | undefined;
}

/** A folder that grew with each commit would be written anew ten thousand times. */
const SLOTS = 50;

function* makeCommits(world: World, wanted: Wanted): Generator<ImportedCommit> {
  const first = Math.floor(
    (wanted.date === undefined ? world.now().getTime() : Date.parse(wanted.date)) / 1_000,
  );
  const people = wanted.authors.map((one) => signatureOf(world, one));
  for (let number = 1; number <= wanted.count; number += 1) {
    const person = people[number % people.length];
    if (person === undefined) return;
    const signature = { ...person, at: first + number };
    const fill = (text: string): string =>
      text.replaceAll("{n}", String(number)).replaceAll("{slot}", String(number % SLOTS));
    yield {
      message: fill(wanted.message),
      author: signature,
      committer: signature,
      files: { [fill(wanted.path)]: `${number}\n` },
    };
  }
}
