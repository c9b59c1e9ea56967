/** What the rest of the program sees of PostgreSQL; it never knows whose server it is. */
export interface Queryable {
  /** Rows of one statement. Parameters are `$1`, `$2`, ...; the type of a row is the caller's promise. */
  readonly query: <Row = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ) => Promise<readonly Row[]>;
}

/** A `Queryable` inside an open transaction. Only `Database.transaction` makes one. */
export interface Transaction extends Queryable {
  readonly open: true;
  /** Runs the action once this transaction is committed; never when it is not. It must not throw. */
  readonly afterCommit: (action: () => void) => void;
}

export interface Database extends Queryable {
  /**
   * Runs the work in one transaction, at most a few seconds long; never keep one open across a network call.
   * Serialisation failures and deadlocks (40001, 40P01) run the work again, at most three times.
   */
  readonly transaction: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
}
