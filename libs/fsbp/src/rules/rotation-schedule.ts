const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const LONGEST_MONTH_DAYS = 31;

/** Not every month has such a day, or such a weekday: the next one may lack it. */
const LAST_SURE_DAY = 28;

/**
 * The longest time between two rotations of a schedule expression: `rate(10 days)`, `rate(4 hours)`, or
 * `cron(0 8 1 * ? *)`, of which the months decide.
 *
 * @returns whole days, rounded up; `undefined` where the expression can't be read
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function longestDays(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+)\s+(day|hour)s?\)$/.exec(expression.trim()) ?? [];
  if (count !== undefined) return unit === "day" ? Number(count) : Math.ceil(Number(count) / 24);
  const [, fields] = /^cron\((.*)\)$/.exec(expression.trim()) ?? [];
  const [, , day, month, weekday, year, ...more] = fields?.trim().split(/\s+/) ?? [];
  if (day === undefined || month === undefined || weekday === undefined || year !== "*" || more.length > 0) {
    return undefined;
  }
  const months = monthsOf(month);
  if (months === undefined) return undefined;
  const mayLack =
    weekday.includes("#5") || [...day.matchAll(/\d+/g)].some(([each]) => Number(each) > LAST_SURE_DAY);
  return (widestGap(months) + (mayLack ? 1 : 0)) * LONGEST_MONTH_DAYS;
}

/** The months that a field stands for, from 1: `*`, `1,7`, `JAN-MAR`, `1/3` for every third. */
function monthsOf(field: string): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step] = part.split("/");
    const [from, to] = range === "*" ? [1, 12] : range.split("-").map(numberOf);
    const every = step === undefined ? 1 : Number(step);
    if (from === undefined || !(every >= 1)) return undefined;
    const last = to ?? (step === undefined ? from : 12);
    for (let month = from; month <= last; month += every) found.add(month);
  }
  return found.size === 0 ? undefined : [...found].sort((a, b) => a - b);
}

function numberOf(month: string): number | undefined {
  const number = MONTHS.indexOf(month.toUpperCase()) + 1 || Number(month);
  return number >= 1 && number <= 12 ? number : undefined;
}

/** The most months from one to the next, over the turn of the year. */
const widestGap = (months: readonly number[]): number =>
  Math.max(...months.map((month, index) => (months[index + 1] ?? (months[0] ?? 0) + 12) - month));
