/** Raised when an older program could not read what is written. */
export const backupFormat = 1;

/** The first line of a backup. */
export type BackupHeader = {
  format: typeof backupFormat;
  createdAt: string;
  /**
   * What signs the links of mails and keeps addresses that must not be mailed recognisable: the words of DATA_DIR/secret, or,
   * where SECRET comes from the environment, only a hash by which a restore knows that it has the same.
   */
  secret: { kind: "kept"; words: string } | { kind: "environment"; hash: string };
  /** The text of broadsheet.config.json; null where there is none. */
  configuration: string | null;
  /** Those that made the tables, in their order. */
  migrations: string[];
};

/** How many rows each table has. */
export type RowCounts = Record<string, number>;

/** The last line of a backup. */
export type BackupEnd = { rows: RowCounts; sequences: Record<string, string> };
