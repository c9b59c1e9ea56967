import { setTimeout as sleepFor } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { RepositoryFacts } from "../../domain/model.ts";
import type { Log } from "../../log.ts";
import type { GitHub } from "../../ports/github.ts";
import type {
  ReadsChanges,
  ReadsChecks,
  ReadsHeads,
  ReadsOutlines,
  ReadsPullRequests,
} from "../../ports/repository.ts";
import { createAppCredentials } from "./app-credentials.ts";
import { createJwtSigner } from "./app-jwt.ts";
import { createBoundedFetch } from "./bounded-fetch.ts";
import { NO_INSTALLATION } from "../../domain/brands.ts";
import type { Credentials } from "./caller.ts";
import { createChangeReads } from "./change-sets.ts";
import { createCheckReads } from "./checks.ts";
import { createChangedFileReads } from "./changed-files.ts";
import { createCodeOwnersReads } from "./code-owners.ts";
import { createCommentReads } from "./comments.ts";
import { createOriginReads } from "./commit-origins.ts";
import { createEmailReads } from "./emails.ts";
import { createExchange } from "./exchange.ts";
import {
  createInstallationFinder,
  createRepositoryFinder,
  type FindsRepositories,
} from "./find-repository.ts";
import { graphqlUrlOf } from "./graphql.ts";
import { createHeadReads } from "./heads.ts";
import { createInstallationReads } from "./installations.ts";
import { createLimitsLeft, type LimitsLeft } from "./limits-left.ts";
import { createMembershipReads } from "./memberships.ts";
import { createCommitReads } from "./resolve-commit.ts";
import { createOutlineReads } from "./outline.ts";
import { createIssuePosts } from "./issue-posts.ts";
import { createIssueReads } from "./issues.ts";
import { createOwnIdentity } from "./own-identity.ts";
import { createPauses, type SharedPauses } from "./pauses.ts";
import { createPlaceReads } from "./places.ts";
import { createPosts } from "./posts.ts";
import { createPullRequestReads } from "./pull-requests.ts";
import { createRepositoryCalls, type RepositoryCalls } from "./repository-calls.ts";
import { createTrunkReads } from "./trunk.ts";
import { createSightReads } from "./sights.ts";
import { createRuleReads } from "./rules.ts";
import { createSurveyReads } from "./survey.ts";
import { createTransport, type SentCall, type Transport } from "./transport.ts";
import { createWaitingDeployments } from "./waiting-deployments.ts";
import { createWritePace } from "./write-pace.ts";

/** What both ways to GitHub need. What may be left out has the value that is right for GitHub itself. */
export interface GitHubOptions {
  /** `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where every replica sees it: until when which installation must be left alone. */
  readonly pauses: SharedPauses;
  /** For workflow files; may throw, must be safe on anybody's text. */
  readonly parseYaml: (text: string) => unknown;
  readonly onRenamed?: (repository: RepositoryFacts) => Promise<void>;
  readonly onCall?: (call: SentCall) => void;
  readonly writeGapMilliseconds?: number;
  readonly timeoutMilliseconds?: number;
  readonly maxBodyBytes?: number;
  /** Another way out, for a GitHub in the same process. */
  readonly fetch?: typeof globalThis.fetch;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

export interface GitHubAppOptions extends GitHubOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
}

/** What can be read without being the App. */
export type ReadsGitHub = ReadsOutlines &
  ReadsHeads &
  ReadsChanges &
  ReadsPullRequests &
  ReadsChecks &
  FindsRepositories;

const WRITE_GAP_MILLISECONDS = 1_000;

/** GitHub as the App sees it. */
export function createGitHub(options: GitHubAppOptions): GitHub & FindsRepositories {
  const { apiUrl, clock, appId } = options;
  const signJwt = createJwtSigner(appId, options.privateKey);
  const limits = createLimitsLeft(clock);
  const transport = connect(options, limits, (send) => createAppCredentials(signJwt, clock, send));
  const calls = callsOver(transport, options);
  const identity = createOwnIdentity(appId, transport);
  return {
    ...createReads(options, calls, appId),
    ...createPlaceReads({ calls, apiUrl }),
    ...createRuleReads({ calls, clock, appId }),
    ...createTrunkReads({ calls, apiUrl, appId }),
    ...createCommentReads(calls),
    ...createIssueReads({ calls, apiUrl, identity }),
    ...createOriginReads(calls),
    ...createCodeOwnersReads(calls),
    ...createChangedFileReads(calls, apiUrl),
    ...createMembershipReads(transport),
    ...createCommitReads(calls),
    ...createEmailReads(transport),
    ...createInstallationReads(transport, calls, apiUrl),
    ...createSightReads({ calls, apiUrl, identity }),
    ...createPosts({ calls, apiUrl, identity }),
    ...createIssuePosts({ calls, identity }),
    ...createWaitingDeployments({ calls, apiUrl, identity }),
    ...createSurveyReads(calls),
    limitsLeft: limits.limitsLeft,
    readSlug: identity.slug,
    ...createRepositoryFinder(transport, calls, createInstallationFinder(transport)),
  };
}

/** GitHub as somebody's token sees it, read-only. Repositories that it finds have the installation 0. */
export function createGitHubWithToken(token: string, options: GitHubOptions): ReadsGitHub {
  const credentials: Credentials = {
    authorise: async () => ({ header: `token ${token}`, fresh: false }),
    renew: () => false,
  };
  const transport = connect(options, createLimitsLeft(options.clock), () => credentials);
  const calls = callsOver(transport, options);
  return {
    ...createReads(options, calls, null),
    ...createRepositoryFinder(transport, calls, async () => NO_INSTALLATION),
  };
}

function connect(
  options: GitHubOptions,
  limits: LimitsLeft,
  credentials: (send: Transport["send"]) => Credentials,
): Transport {
  const { apiUrl, clock, log, timeoutMilliseconds, maxBodyBytes } = options;
  const sleep = options.sleep ?? ((milliseconds: number) => sleepFor(milliseconds));
  const { origin } = new URL(apiUrl);
  const fetch = createBoundedFetch({ origin, fetch: options.fetch, timeoutMilliseconds, maxBodyBytes });
  return createTransport({
    exchange: createExchange(apiUrl, fetch, log),
    credentials,
    pauses: createPauses(options.pauses, clock),
    writePace: createWritePace(options.writeGapMilliseconds ?? WRITE_GAP_MILLISECONDS, clock, sleep),
    clock,
    sleep,
    random: options.random ?? Math.random,
    onCall: options.onCall ?? (() => undefined),
    noteLimits: limits.note,
  });
}

function callsOver(transport: Transport, { apiUrl, clock, onRenamed }: GitHubOptions): RepositoryCalls {
  return createRepositoryCalls({
    transport,
    graphqlUrl: graphqlUrlOf(apiUrl),
    clock,
    onRenamed: onRenamed ?? (async () => undefined),
  });
}

function createReads(
  { apiUrl, clock, parseYaml }: GitHubOptions,
  calls: RepositoryCalls,
  appId: number | null,
): Omit<ReadsGitHub, keyof FindsRepositories> {
  return {
    ...createOutlineReads(calls),
    ...createHeadReads(calls),
    ...createChangeReads(calls),
    ...createPullRequestReads(calls),
    ...createCheckReads({ calls, apiUrl, clock, appId, parseYaml }),
  };
}
