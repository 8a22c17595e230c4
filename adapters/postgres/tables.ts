import type { ColumnType, Generated, GeneratedAlways, Kysely } from "kysely";
import type { Tier } from "../../src/core/recipe.ts";

type Nullable<T> = T | null;
/** bigint or numeric: a string on the wire, written as a number. All of ours stay far below 2^53. */
type Big = ColumnType<string, number, number>;
/** jsonb: parsed when read, text when written. */
type Json = ColumnType<unknown, string, string>;

/** The tables of `migrations/`, as Kysely wants them. */
export interface Tables {
  accounts: {
    id: string;
    period: Generated<number>;
    allowance: number;
    every: Nullable<"day" | "week" | "month">;
    time_zone: Generated<string>;
    frozen_by: Nullable<string>;
    frozen_at: Nullable<Date>;
  };
  channels: { ref: string; account_id: string; workspace: GeneratedAlways<string> };
  channel_roles: {
    channel: string;
    role: "director" | "manager";
    people: string[];
    set_by: string;
    set_at: Date;
  };
  channel_models: { channel: string; tier: Tier; model: string; set_by: string; set_at: Date };
  channel_policies: { channel: string; advice: boolean; set_by: string; set_at: Date };
  advice_dismissals: { channel: string; person: string; at: Date };
  periods: {
    account_id: string;
    number: number;
    starts_at: Date;
    ends_at: Nullable<Date>;
    allowance: number;
    granted: Big;
    available: Big;
    reserved: Big;
    spent: Big;
  };
  reservations: {
    id: string;
    account_id: string;
    period: number;
    amount: number;
    status: Generated<"held" | "spent" | "released">;
    tier: Tier;
    subject: string;
    channel: string;
    person: string;
    made_at: Date;
    expires_at: Date;
  };
  entries: {
    seq: Generated<string>;
    account_id: string;
    period: number;
    kind: "grant" | "allowance" | "cut" | "carry_in" | "carry_out" | "reserve" | "spend" | "release";
    id: string;
    amount: Big;
    person: Nullable<string>;
    tier: Nullable<string>;
    memo: string;
    at: Date;
  };
  concepts: {
    id: string;
    channel: string;
    requester: string;
    root_post: string;
    rounds: Generated<number>;
    created_at: Date;
  };
  rounds: {
    id: string;
    event: string;
    concept_id: string;
    number: number;
    requester: string;
    prompt: string;
    seed: Big;
    aspect: string;
    take_count: number;
    final_size: string;
    reference_ids: string[];
    keep: "loose" | "close" | "exact";
    origin: "draft" | "reroll" | "vary" | "like";
    origin_of: Nullable<string>;
    origin_number: Nullable<number>;
    model: string;
    take_price: number;
    post: string;
    trouble: Nullable<string>;
    status: Generated<"queued" | "rendering" | "choosing" | "closed" | "failed">;
    grid: Nullable<string>;
    final_id: Nullable<string>;
    failure: Nullable<string>;
    created_at: Date;
    changed_at: Date;
  };
  takes: {
    id: string;
    round_id: string;
    number: number;
    seed: Big;
    turn: Big;
    model: string;
    instead_of: Nullable<string>;
    instead_because: Nullable<string>;
    status: Generated<"queued" | "rendering" | "made" | "failed">;
    asset: Nullable<string>;
    failure: Nullable<string>;
  };
  finals: {
    id: string;
    round_id: string;
    take_id: string;
    seed: Big;
    size: string;
    model: string;
    instead_of: Nullable<string>;
    instead_because: Nullable<string>;
    price: number;
    picked_by: string;
    picked_at: Date;
    post: string;
    turn: Big;
    status: Generated<"queued" | "rendering" | "delivered" | "approved" | "sent_back" | "failed">;
    asset: Nullable<string>;
    preview: Nullable<string>;
    failure: Nullable<string>;
    decided_by: Nullable<string>;
    decided_at: Nullable<Date>;
    because: Nullable<string>;
    changed_at: Date;
  };
  votes: { round_id: string; person: string; number: number; at: Date };
  assets: {
    id: string;
    kind: "take" | "grid" | "final" | "preview" | "reference";
    mime: string;
    width: number;
    height: number;
    bytes: Big;
    recipe: Nullable<Json>;
    parents: string[];
    created_at: Date;
  };
  posts: {
    id: string;
    channel: string;
    thread: Nullable<string>;
    under: Nullable<string>;
    kind: "round" | "final";
    subject: string;
    status: Generated<"waiting" | "sending" | "sent" | "gone">;
    held_until: Nullable<Date>;
    ref: Nullable<string>;
    wanted: Generated<number>;
    shown: Generated<number>;
    seeded: Generated<boolean>;
    created_at: Date;
    changed_at: Date;
  };
  reactions: { post: string; person: string; emoji: string; present: boolean; adds: number };
  inbox: { event: string; at: Date };
  outbox: { seq: Generated<string>; tree: Json; claimed_until: Nullable<Date> };
  lanes: { queue: "takes" | "finals"; channel: string; person: string; finish: Big };
  model_calls: {
    seq: Generated<string>;
    tier: Tier;
    name: string;
    model: string;
    asset: string;
    outcome: string;
    billed: "yes" | "no" | "unknown";
    list_usd: Nullable<Big>;
    cost_usd: Nullable<Big>;
    cost_basis: Nullable<"reported" | "tokens" | "list">;
    request_id: Nullable<string>;
    took_ms: number;
    at: Date;
  };
  breakers: {
    tier: Tier;
    name: string;
    failures: number;
    opened_at: Nullable<number>;
    open_ms: Nullable<number>;
    open_until: Nullable<Date>;
    trial_until: Nullable<Date>;
  };
  departures: { departed: string; left_at: Date; purging: Generated<boolean> };
  doomed_assets: { asset: string; due_at: Date };
}

/** A connection, a pool or a transaction over the tables. */
export type Db = Kysely<Tables>;
