import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import type { CockpitDependencies } from "../../src/cockpit/cockpit-dependencies.ts";
import { createCockpit } from "../../src/cockpit/create-cockpit.ts";
import { sealTokens } from "../../src/cockpit/session/access-token.ts";
import { hashSessionId } from "../../src/cockpit/session/hash-session-id.ts";
import { sealerFor } from "../../src/cockpit/session/seal.ts";
import type { CockpitSettings } from "../../src/config.ts";
import { isInstallationId, isRepositoryId } from "../../src/domain/brands.ts";
import type { RepositoryFacts } from "../../src/domain/model.ts";
import type { GitHub } from "../../src/ports/github.ts";
import { addSession, replaceRights, type StoredRight } from "../../src/store/session.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { loudLog } from "../database/loud-log.ts";
import { type PretendSignIn, pretendSignIn } from "./session/pretend-sign-in.ts";

/** The cockpit's pages in process: a real database, a clock that is stepped, and no GitHub but what people see. */
export interface OpenCockpit {
  readonly app: Hono;
  /** What it is made of: for one more of it, or for a part of it alone. */
  readonly parts: CockpitDependencies;
  readonly db: TestDatabase;
  /** What GitHub says of people when it is asked again. */
  readonly people: PretendSignIn;
  readonly now: () => Date;
  readonly pass: (milliseconds: number) => void;
  /** A repository that Holdpoint knows; `acme/storefront` unless named. */
  readonly repository: (name?: string, facts?: Partial<RepositoryFacts>) => Promise<RepositoryFacts>;
  /** Somebody signs in; answers the cookie of their browser. */
  readonly signIn: (
    login: string,
    rights: readonly (readonly [RepositoryFacts, StoredRight])[],
  ) => Promise<string>;
  readonly get: (
    path: string,
    cookie?: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  readonly post: (
    path: string,
    cookie: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  readonly changed: (repositoryId: number | null) => void;
  readonly close: () => Promise<void>;
}

export const COCKPIT_URL = "http://127.0.0.1:3000";
const WEEK = 7 * 86_400_000;
export const SIGN_IN_SETTINGS: CockpitSettings = {
  clientId: "Iv1.test",
  clientSecret: "a client secret for tests",
  sessionSecrets: ["a session secret for tests, and for nothing else"],
};

export async function openCockpit(other: Partial<CockpitDependencies> = {}): Promise<OpenCockpit> {
  const db = await createTestDatabase();
  let at = new Date("2026-11-21T12:00:00Z").getTime();
  const clock = { now: () => new Date(at) };
  const watching = new Set<(repositoryId: number | null) => void>();
  const refuse = () => {
    throw new Error("this page asks for something that the test did not bring");
  };
  const people = pretendSignIn(clock.now);
  const sealer = sealerFor(SIGN_IN_SETTINGS.sessionSecrets);
  const parts: CockpitDependencies = {
    database: db.database,
    queue: { enqueue: refuse, counts: refuse },
    clock,
    log: loudLog,
    gate: { ask: refuse },
    github: noGitHub(),
    jira: null,
    signIn: { github: people, settings: SIGN_IN_SETTINGS },
    changes: {
      subscribe(onChange) {
        watching.add(onChange);
        return () => void watching.delete(onChange);
      },
      close: async () => undefined,
    },
    publicUrl: () => COCKPIT_URL,
    githubUrl: "https://github.com",
    hour: 3_600_000,
    ...other,
  };
  const app = createCockpit(parts);
  let ids = 0;
  let signedIn = 0;
  return {
    app,
    parts,
    db,
    people,
    now: clock.now,
    pass(milliseconds) {
      at += milliseconds;
    },
    async repository(name = "acme/storefront", facts = {}) {
      ids += 1;
      const [owner = "", repo = ""] = name.split("/");
      const made: RepositoryFacts = {
        id: check(ids, isRepositoryId),
        installationId: check(7, isInstallationId),
        owner,
        name: repo,
        defaultBranch: "main",
        private: true,
        archived: false,
        ...facts,
      };
      await upsertRepository(db.database, made, clock.now());
      return made;
    },
    async signIn(login, rights) {
      signedIn += 1;
      people.shows(login, rights);
      const id = randomBytes(32).toString("base64url");
      const idHash = hashSessionId(id);
      await addSession(db.database, {
        idHash,
        userId: signedIn,
        login,
        ...sealTokens(sealer, idHash, {
          accessToken: people.tokenOf(login),
          accessEndsAt: null,
          refreshToken: null,
        }),
        at: clock.now(),
        endsAt: new Date(at + WEEK),
      });
      await db.database.transaction((transaction) =>
        replaceRights(
          transaction,
          idHash,
          rights.map(([{ id: repositoryId }, permission]) => ({ repositoryId, permission })),
          clock.now(),
        ),
      );
      return `holdpoint=${id}`;
    },
    async get(path, cookie, headers = {}) {
      return await app.request(`${COCKPIT_URL}${path}`, {
        headers: { ...(cookie === undefined ? {} : { cookie }), ...headers },
      });
    },
    async post(path, cookie, form, headers = {}) {
      return await app.request(`${COCKPIT_URL}${path}`, {
        method: "POST",
        headers: {
          cookie,
          origin: COCKPIT_URL,
          "content-type": "application/x-www-form-urlencoded",
          ...headers,
        },
        body: new URLSearchParams(form).toString(),
      });
    },
    changed: (repositoryId) => watching.forEach((onChange) => onChange(repositoryId)),
    close: () => db.drop(),
  };
}

function check<Value extends number>(id: number, isOne: (value: number) => value is Value): Value {
  if (!isOne(id)) throw new Error(`${id} is no id`);
  return id;
}

/** Whoever asks it anything has forgotten to bring one. */
function noGitHub(): GitHub {
  const nobody: object = new Proxy(
    {},
    {
      get() {
        throw new Error("this page asks GitHub, and the test did not bring one");
      },
    },
  );
  if (isGitHub(nobody)) return nobody;
  throw new Error("a proxy is an object");
}

function isGitHub(value: object): value is GitHub {
  return typeof value === "object";
}
