import type { InstallationId, Reading, RepositoryFacts, RepositoryId } from "../domain/model.ts";
import type { Granted } from "../domain/permissions/granted.ts";

export interface ReadsInstallations {
  readonly listInstallations: () => Promise<
    readonly {
      id: InstallationId;
      account: { id: number; login: string };
      suspended: boolean;
      /** null: GitHub did not say. */
      granted: Granted | null;
    }[]
  >;
  readonly listRepositories: (installation: InstallationId) => Promise<readonly RepositoryFacts[]>;
  /** By numeric id, so that a rename is found; redirects are never followed. */
  readonly readRepository: (
    installation: InstallationId,
    id: RepositoryId,
  ) => Promise<Reading<RepositoryFacts>>;
  /** Ids of deliveries since then that never reached us with success, newest attempt per GUID. */
  readonly listFailedDeliveries: (since: Date) => Promise<readonly { id: number; guid: string }[]>;
  readonly redeliver: (id: number) => Promise<void>;
}

/** What GitHub said last of how often one installation may still ask. */
export interface LimitLeft {
  readonly installationId: InstallationId;
  /** `core` for REST, `graphql`, ...: each has its own. */
  readonly resource: string;
  readonly remaining: number;
  readonly limit: number;
  readonly resetAt: Date;
  readonly seenAt: Date;
}

export interface ReadsLimits {
  /** As this process saw them in answers; nothing is asked for. */
  readonly limitsLeft: () => readonly LimitLeft[];
}

export interface ReadsOwnName {
  /** The App's slug: `https://github.com/apps/SLUG` is its page. Asked for once. */
  readonly readSlug: () => Promise<string>;
}

/** The settings of an App that was just registered; all of it is secret but the first two. */
export interface AppCredentials {
  readonly appId: number;
  /** The App's public page, where it is installed from. */
  readonly appPage: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
