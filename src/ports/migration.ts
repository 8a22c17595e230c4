/** One step of a database schema. Applied once, in order of name, within one transaction under a lock. */
export interface Migration {
  /** `{room}-{number}-{what}`, such as `studio-001-chat`. */
  readonly name: string;
  readonly sql: string;
}
