import type { ColumnType, Generated } from 'kysely';

/** What tables of a garden have in common. `garden_id` is part of every key. */
export type Tenant = { garden_id: number; id: Generated<number> };
export type Versioned = { version: Generated<number> };
export type Json<T> = ColumnType<T, string, string>;
export type Stamp = Generated<Date>;
export type Archivable = { archived_at: ColumnType<Date | null, Date | null | undefined, Date | null> };
