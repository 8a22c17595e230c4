/** Anything that answers SQL, such as a `pg.Pool`. */
export interface AuditPool {
  query(sql: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/**
 * Recomputes every figure of every budget from its entries and its reservations, and every reservation
 * from the work that holds it.
 *
 * @param account only this one; undefined is all of them.
 * @returns how many periods, reservations and entries were looked at.
 * @throws Error that lists every difference.
 */
export async function audit(pool: AuditPool, account?: string): Promise<AuditCount> {
  const values = [account ?? null];
  const faults: string[] = [];
  for (const [rule, sql] of Object.entries(RULES)) {
    const { rows } = await pool.query(sql, values);
    faults.push(...rows.map((row) => `${rule}: ${JSON.stringify(row)}`));
  }
  if (faults.length > 0) throw new Error(`the books do not balance\n${faults.join("\n")}`);
  const { rows } = await pool.query(COUNT, values);
  const [count] = rows;
  return {
    periods: Number(count?.periods),
    reservations: Number(count?.reservations),
    entries: Number(count?.entries),
  };
}

export interface AuditCount {
  readonly periods: number;
  readonly reservations: number;
  readonly entries: number;
}

const of = (table: string) => `($1::text is null or ${table}.account_id = $1)`;

const COUNT = `select
  (select count(*) from draftroom.periods p where ${of("p")}) as periods,
  (select count(*) from draftroom.reservations r where ${of("r")}) as reservations,
  (select count(*) from draftroom.entries e where ${of("e")}) as entries`;

/** Each answers the rows that break it. */
const RULES: Readonly<Record<string, string>> = {
  "the figures of a period are the sums of its entries": `
    with sums as (
      select account_id, period,
        coalesce(sum(amount) filter (where kind in ('grant', 'allowance', 'carry_in')), 0)
          - coalesce(sum(amount) filter (where kind in ('cut', 'carry_out')), 0) as granted,
        coalesce(sum(amount) filter (where kind = 'reserve'), 0)
          - coalesce(sum(amount) filter (where kind in ('spend', 'release')), 0) as reserved,
        coalesce(sum(amount) filter (where kind = 'spend'), 0) as spent
      from draftroom.entries group by account_id, period
    )
    select p.*, s.granted as sum_granted, s.reserved as sum_reserved, s.spent as sum_spent
    from draftroom.periods p left join sums s on s.account_id = p.account_id and s.period = p.number
    where ${of("p")} and (
      p.granted <> coalesce(s.granted, 0) or p.reserved <> coalesce(s.reserved, 0)
      or p.spent <> coalesce(s.spent, 0) or p.available <> p.granted - p.reserved - p.spent)`,

  "what a period holds is what its reservations hold": `
    select p.account_id, p.number, p.reserved, coalesce(sum(r.amount), 0) as held
    from draftroom.periods p
    left join draftroom.reservations r
      on r.account_id = p.account_id and r.period = p.number and r.status = 'held'
    where ${of("p")}
    group by p.account_id, p.number, p.reserved having p.reserved <> coalesce(sum(r.amount), 0)`,

  "a reservation has its own entries, in its own period, exactly once": `
    select r.id, r.status, r.amount, reserve.amount as reserved, spend.amount as spent, release.amount as released
    from draftroom.reservations r
    left join draftroom.entries reserve on reserve.kind = 'reserve' and reserve.id = r.id
    left join draftroom.entries spend on spend.kind = 'spend' and spend.id = r.id
    left join draftroom.entries release on release.kind = 'release' and release.id = r.id
    where ${of("r")} and not (
      reserve.amount is not distinct from r.amount::bigint
      and (reserve.account_id, reserve.period) = (r.account_id, r.period)
      and coalesce((spend.account_id, spend.period) = (r.account_id, r.period), true)
      and coalesce((release.account_id, release.period) = (r.account_id, r.period), true)
      and case r.status
        when 'held' then spend.id is null and release.id is null
        when 'spent' then spend.id is not null and spend.amount + coalesce(release.amount, 0) = r.amount
        else spend.id is null and release.amount is not distinct from r.amount::bigint
      end)`,

  "an entry of a reservation has its reservation": `
    select e.* from draftroom.entries e left join draftroom.reservations r on r.id = e.id
    where ${of("e")} and e.kind in ('reserve', 'spend', 'release') and r.id is null`,

  "what is carried out of a period is carried into a later one": `
    select coalesce(i.account_id, o.account_id) as account_id, o.period as from, i.period as to, o.amount as out, i.amount as in
    from (select * from draftroom.entries where kind = 'carry_in') i
    full join (select * from draftroom.entries where kind = 'carry_out') o on o.id = i.id
    where ($1::text is null or coalesce(i.account_id, o.account_id) = $1)
      and not coalesce(o.account_id = i.account_id and o.period < i.period and o.amount = i.amount, false)`,

  "nothing that was granted stays behind in a period that is over": `
    select p.* from draftroom.periods p join draftroom.accounts a on a.id = p.account_id and a.period > p.number
    where ${of("p")} and p.available > 0 and p.granted > p.allowance`,

  "periods are numbered without a gap, and the account is in the last": `
    select a.id, a.period, count(p.number) as periods, max(p.number) as last
    from draftroom.accounts a left join draftroom.periods p on p.account_id = a.id
    where $1::text is null or a.id = $1
    group by a.id, a.period having a.period is distinct from max(p.number) or count(p.number) <> a.period`,

  "a take that is made is paid, one that failed is not, one under way is held": `
    select t.id, t.status, r.status as reservation
    from draftroom.takes t
    join draftroom.rounds d on d.id = t.round_id join draftroom.concepts c on c.id = d.concept_id
    join draftroom.channels h on h.ref = c.channel
    left join draftroom.reservations r on r.id = 'take.' || t.id
    where ${of("h")} and r.status is distinct from
      case t.status when 'made' then 'spent' when 'failed' then 'released' else 'held' end`,

  "a final that came is paid, one that failed is not, one under way is held": `
    select f.id, f.status, r.status as reservation
    from draftroom.finals f
    join draftroom.rounds d on d.id = f.round_id join draftroom.concepts c on c.id = d.concept_id
    join draftroom.channels h on h.ref = c.channel
    left join draftroom.reservations r on r.id = 'final.' || f.id
    where ${of("h")} and r.status is distinct from
      case when f.status in ('queued', 'rendering') then 'held' when f.status = 'failed' then 'released' else 'spent' end`,

  "a reservation is for a take or a final that there is": `
    select r.id from draftroom.reservations r
    left join draftroom.takes t on 'take.' || t.id = r.id
    left join draftroom.finals f on 'final.' || f.id = r.id
    where ${of("r")} and (r.id like 'take.%' or r.id like 'final.%') and t.id is null and f.id is null`,
};
