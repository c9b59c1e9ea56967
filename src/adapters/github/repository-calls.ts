import type { Clock } from "../../clock.ts";
import type { RepositoryFacts, RepositoryId } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import { createBoundedMap } from "./bounded-map.ts";
import type { Answer } from "./exchange.ts";
import { callGraphql, type GraphqlAnswer } from "./graphql.ts";
import { isFields } from "./json.ts";
import { isSameRepository, parseRepository } from "./parse-repository.ts";
import type { Call, Transport } from "./transport.ts";

export interface RepositoryCall extends Pick<Call, "doing" | "repeatable"> {
  /** Begins with `<METHOD> /repos/{owner}/{repo}`. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The thing asked for may have moved to another repository by itself: then the redirect is the answer. */
  readonly mayMove?: boolean;
}

/**
 * Calls about one repository, which is known by its number. Redirects are not followed: where the name no longer leads to the
 * repository, it is read by number, the new name is reported, and the call is made once more.
 */
export interface RepositoryCalls {
  /** 404 here means: the repository is there, the thing asked for is not. */
  readonly rest: (repository: RepositoryRef, call: RepositoryCall) => Promise<Answer>;
  /**
   * As `rest`, but never under a name that was not lately seen to lead to this repository: for writes, and for what
   * decides who may do something.
   */
  readonly restSurely: (repository: RepositoryRef, call: RepositoryCall) => Promise<Answer>;
  /** The query has `$owner` and `$name`, asks `repository(…, followRenames: false)` and its `databaseId`. */
  readonly graphql: (repository: RepositoryRef, query: RepositoryQuery) => Promise<RepositoryAnswer>;
  /** null: not there, or not visible. */
  readonly readById: (
    repository: Pick<RepositoryRef, "id" | "installationId">,
  ) => Promise<RepositoryFacts | null>;
}

export interface RepositoryQuery {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly doing: string;
}

export interface RepositoryAnswer extends GraphqlAnswer {
  readonly repository: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly owner: string;
  readonly name: string;
  readonly confirmedAt: number;
}

const TRUSTED_MILLISECONDS = 60_000;
const REMEMBERED_REPOSITORIES = 10_000;
const REDIRECTS = new Set([301, 302, 307, 308]);

export interface RepositoryCallsOptions {
  readonly transport: Transport;
  readonly graphqlUrl: string;
  readonly clock: Clock;
  /** A repository was found under another name than the one asked for. */
  readonly onRenamed: (repository: RepositoryFacts) => Promise<void>;
}

export function createRepositoryCalls(options: RepositoryCallsOptions): RepositoryCalls {
  const { transport, clock } = options;
  /** Where repositories were last seen; newer than what a caller holds who looked them up before a rename. */
  const places = createBoundedMap<RepositoryId, Place>(REMEMBERED_REPOSITORIES);

  function placeOf(repository: RepositoryRef): Place {
    return (
      places.get(repository.id) ?? { owner: repository.owner, name: repository.name, confirmedAt: -Infinity }
    );
  }

  function isTrusted(place: Place): boolean {
    return clock.now().getTime() - place.confirmedAt < TRUSTED_MILLISECONDS;
  }

  function confirm(id: RepositoryId, { owner, name }: Pick<Place, "owner" | "name">): Place {
    const place = { owner, name, confirmedAt: clock.now().getTime() };
    places.set(id, place);
    return place;
  }

  async function readById(
    repository: Pick<RepositoryRef, "id" | "installationId">,
  ): Promise<RepositoryFacts | null> {
    const answer = await transport.send({
      caller: { kind: "installation", installation: repository.installationId },
      route: "GET /repositories/{repository_id}",
      parameters: { repository_id: repository.id },
      doing: "reading a repository by its number",
    });
    if (answer.status === 404 || answer.status === 451) {
      places.delete(repository.id);
      return null;
    }
    const facts = parseRepository(answer.data, repository.installationId);
    confirm(facts.id, facts);
    return facts;
  }

  /** The place the repository is at now. Throws where it cannot be seen any more. */
  async function find(repository: RepositoryRef): Promise<Place> {
    const before = placeOf(repository);
    const facts = await readById(repository);
    if (facts === null) throw unseen(repository);
    if (facts.owner !== before.owner || facts.name !== before.name) await options.onRenamed(facts);
    return placeOf(facts);
  }

  function sendAt(
    repository: RepositoryRef,
    place: Place,
    { mayMove: _mayMove, ...call }: RepositoryCall,
  ): Promise<Answer> {
    return transport.send({
      caller: { kind: "installation", installation: repository.installationId },
      ...call,
      parameters: { owner: place.owner, repo: place.name, ...call.parameters },
    });
  }

  async function rest(repository: RepositoryRef, call: RepositoryCall): Promise<Answer> {
    const place = placeOf(repository);
    const answer = await sendAt(repository, place, call);
    const moved = REDIRECTS.has(answer.status);
    if (!moved && (answer.status !== 404 || isTrusted(place))) return answer;
    const now = await find(repository);
    if (!moved && now.owner === place.owner && now.name === place.name) return answer;
    const again = await sendAt(repository, now, call);
    if (REDIRECTS.has(again.status) && call.mayMove !== true) throw inconsistent(call.doing);
    return again;
  }

  function askAt(repository: RepositoryRef, place: Place, query: RepositoryQuery): Promise<GraphqlAnswer> {
    return callGraphql(transport, options.graphqlUrl, {
      caller: { kind: "installation", installation: repository.installationId },
      ...query,
      variables: { owner: place.owner, name: place.name, ...query.variables },
    });
  }

  function repositoryIn(answer: GraphqlAnswer, id: RepositoryId): Readonly<Record<string, unknown>> | null {
    const { repository } = answer.data;
    return isFields(repository) && isSameRepository(repository, id) ? repository : null;
  }

  return {
    rest,
    restSurely: async (repository, call) => {
      if (!isTrusted(placeOf(repository))) await find(repository);
      return rest(repository, call);
    },
    graphql: async (repository, query) => {
      const place = placeOf(repository);
      const answer = await askAt(repository, place, query);
      const found = repositoryIn(answer, repository.id);
      if (found !== null) {
        confirm(repository.id, place);
        return { ...answer, repository: found };
      }
      const again = await askAt(repository, await find(repository), query);
      const foundAgain = repositoryIn(again, repository.id);
      if (foundAgain === null) throw inconsistent(query.doing);
      return { ...again, repository: foundAgain };
    },
    readById,
  };
}

/** Deleted, taken out of the installation, or transferred: GitHub says the same to all three. */
function unseen(repository: RepositoryRef): Fault {
  return new Fault({
    kind: "misconfigured",
    code: "github-forbidden",
    doing: `looking for the repository ${repository.owner}/${repository.name}`,
    status: 404,
    detail: wording.githubRepositoryGone(),
  });
}

function inconsistent(doing: string): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing,
    detail: wording.githubRepositoryGone(),
  });
}
