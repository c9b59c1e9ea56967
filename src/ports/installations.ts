import type { InstallationId, Reading, RepositoryFacts, RepositoryId } from "../domain/model.ts";

export interface ReadsInstallations {
  readonly listInstallations: () => Promise<
    readonly { id: InstallationId; account: { id: number; login: string }; suspended: boolean }[]
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
