/** What the owner of an account has given the App there, in GitHub's words. */
export interface Granted {
  /** `read`, `write` or `admin` by permission. */
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** The installation's page at GitHub, where more is accepted; null: GitHub did not say. */
  readonly page: string | null;
}
