import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Commit } from "../../../src/domain/model.ts";
import { attributeTickets } from "../../../src/domain/tickets/attribute.ts";
import { isCommitSha } from "../../../src/domain/brands.ts";
import { changeSet } from "./given-commits.ts";

const FOLDER = resolve(import.meta.dirname, "../../../../shared/history");

const Sha = z.string().refine(isCommitSha);
const History = z.object({
  ahead_by: z.number(),
  commits: z.array(
    z.object({
      sha: Sha,
      parents: z.array(Sha),
      author: z.string(),
      committed_at: z.string(),
      message: z.string(),
    }),
  ),
});

/** Counts that were checked by eye; see docs/tickets.md. */
const HISTORIES = [
  {
    file: "kafka-3.7.0..3.8.0.json",
    expected: { tickets: 548, reverted: 5, reverts: 8, unticketed: 302, projects: ["KAFKA"] },
  },
  {
    file: "zookeeper-3.8.4..3.9.3.json",
    expected: { tickets: 136, reverted: 2, reverts: 10, unticketed: 27, projects: ["ZOOKEEPER"] },
  },
];

describe.each(HISTORIES)("a real history: $file", ({ file, expected }) => {
  const path = resolve(FOLDER, file);
  it.skipIf(!existsSync(path))(`is read as it was checked by eye (skipped where ${path} is absent)`, () => {
    const history = History.parse(JSON.parse(readFileSync(path, "utf8")));
    const commits = history.commits.map(
      ({ sha, parents, author, committed_at: committedAt, message }): Commit => ({
        sha,
        parents,
        tree: "",
        message,
        author: { login: null, name: author, proven: false },
        committedAt,
        ownChange: "unknown",
      }),
    );
    const carriage = attributeTickets({
      changeSet: changeSet(commits),
      policy: { projects: [], require: "commit", exempt: { authors: [], subjects: [] } },
      knownProjects: null,
      live: [],
    });
    expect({
      tickets: carriage.tickets.length,
      reverted: carriage.tickets.filter(({ reverted }) => reverted).length,
      reverts: carriage.reverts.length,
      unticketed: carriage.unticketed.length,
      projects: [...new Set(carriage.tickets.map(({ key }) => key.replace(/-\d+$/, "")))],
    }).toEqual(expected);
    expect(commits.length).toBe(history.ahead_by);
  });
});
