import { createHash } from "node:crypto";
import type { BasePermission } from "../../../src/domain/authority/authority.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { Fault, type FaultKind } from "../../../src/errors.ts";
import type { SignsIn, UserTokens } from "../../../src/ports/sign-in.ts";

export type Seen = readonly (readonly [RepositoryFacts, Exclude<BasePermission, "none">])[];

/** What GitHub says of people, in memory: who sees what is whatever the test said last. A code is the login of who says yes. */
export interface PretendSignIn extends SignsIn {
  /** From now on that is all that the person sees. */
  readonly shows: (login: string, seen: Seen) => void;
  /** They are called so from now on, and see what they saw. */
  readonly renames: (login: string, to: string) => void;
  /** Every token of theirs is worth nothing any more. */
  readonly refuses: (login: string) => void;
  /** No call is answered until it `answers` again. */
  readonly isAway: (kind?: FaultKind) => void;
  readonly answers: () => void;
  /** Answers wait until the function that it gives is called, or it `answers` again. */
  readonly holds: () => () => void;
  /** Tokens that are given from now on end after so long, and can be refreshed. */
  readonly tokensEndAfter: (milliseconds: number) => void;
  readonly tokenOf: (login: string) => string;
  /** What was asked, in order: `listRepositories octocat`. */
  readonly asked: string[];
}

interface Given {
  readonly login: string;
  readonly endsAt: Date | null;
}

export function pretendSignIn(now: () => Date): PretendSignIn {
  const people = new Map<string, Seen>();
  const tokens = new Map<string, Given>();
  const refreshTokens = new Map<string, { readonly login: string; readonly access: string }>();
  const asked: string[] = [];
  let away: FaultKind | null = null;
  let held: Promise<void> = Promise.resolve();
  let letGo = (): void => undefined;
  let endAfter: number | null = null;
  let challenged = "";
  let given = 0;

  async function answer<Told>(what: string, told: () => Told): Promise<Told> {
    asked.push(what);
    await held;
    if (away !== null) throw new Fault({ kind: away, code: "github-unreachable", doing: "calling GitHub" });
    return told();
  }

  /** null: it is nobody's token any more. */
  function holder(accessToken: string): { readonly login: string; readonly seen: Seen } | null {
    const token = tokens.get(accessToken);
    if (token === undefined || (token.endsAt !== null && token.endsAt <= now())) return null;
    const seen = people.get(token.login);
    return seen === undefined ? null : { login: token.login, seen };
  }

  function give(login: string): UserTokens | null {
    if (!people.has(login)) return null;
    given += 1;
    const accessToken = `access-canary-${login}-${given}`;
    const accessEndsAt = endAfter === null ? null : new Date(now().getTime() + endAfter);
    const refreshToken = endAfter === null ? null : `refresh-canary-${login}-${given}`;
    tokens.set(accessToken, { login, endsAt: accessEndsAt });
    if (refreshToken !== null) refreshTokens.set(refreshToken, { login, access: accessToken });
    return { accessToken, accessEndsAt, refreshToken };
  }

  const loginOf = (accessToken: string): string => tokens.get(accessToken)?.login ?? "nobody";
  return {
    asked,
    tokenOf: (login) => give(login)?.accessToken ?? "",
    shows: (login, seen) => void people.set(login, seen),
    renames(login, to) {
      people.set(to, people.get(login) ?? []);
      people.delete(login);
      for (const [token, one] of tokens) {
        if (one.login === login) tokens.set(token, { ...one, login: to });
      }
    },
    refuses: (login) => void people.delete(login),
    isAway(kind = "retry-later") {
      away = kind;
    },
    answers() {
      away = null;
      letGo();
    },
    holds() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      letGo = resolve;
      return resolve;
    },
    tokensEndAfter(milliseconds) {
      endAfter = milliseconds;
    },
    authorizeUrl({ state, challenge, redirectUri }) {
      challenged = challenge;
      const query = new URLSearchParams({ state, code_challenge: challenge, redirect_uri: redirectUri });
      return `https://github.com/login/oauth/authorize?${query.toString()}`;
    },
    exchangeCode: ({ code, verifier }) =>
      answer("exchangeCode", () =>
        createHash("sha256").update(verifier).digest("base64url") === challenged ? give(code) : null,
      ),
    refresh: (refreshToken) => {
      const found = refreshTokens.get(refreshToken);
      return answer(`refresh ${found?.login ?? "nobody"}`, () => {
        if (found === undefined || !refreshTokens.delete(refreshToken)) return null;
        tokens.delete(found.access);
        return give(found.login);
      });
    },
    readUser: (accessToken) =>
      answer(`readUser ${loginOf(accessToken)}`, () => {
        const found = holder(accessToken);
        return found === null
          ? null
          : { id: [...people.keys()].indexOf(found.login) + 1, login: found.login };
      }),
    listRepositories: (accessToken) =>
      answer(
        `listRepositories ${loginOf(accessToken)}`,
        () => holder(accessToken)?.seen.map(([facts, permission]) => ({ ...facts, permission })) ?? null,
      ),
    readPermission: (accessToken, repository) =>
      answer(`readPermission ${loginOf(accessToken)}`, () => {
        const found = holder(accessToken);
        if (found === null) return null;
        return found.seen.find(([{ id }]) => id === repository)?.[1] ?? "none";
      }),
    revoke: (accessToken) => answer(`revoke ${loginOf(accessToken)}`, () => void tokens.delete(accessToken)),
  };
}
