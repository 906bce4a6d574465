import type { DayCount } from '@/api/types';

/** The votes of some days in a row. */
export interface Span {
  /** First and last day, as YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  readonly positive: number;
  readonly negative: number;
}

const DAY = 24 * 3600 * 1000;
const WEEK = 7;
const MOST_BARS = 45;
const FEWEST_DAYS = 14;

/** Adds up the votes of several queries. */
export function sumOf(days: readonly DayCount[]): { positive: number; negative: number } {
  return {
    positive: days.reduce((sum, { positive }) => sum + positive, 0),
    negative: days.reduce((sum, { negative }) => sum + negative, 0),
  };
}

/** Lays votes out from the first day to the last or `today`: each day, or each week where that were too many. */
export function spansOf(days: readonly DayCount[], today: string): Span[] {
  const dates = days.map(({ date }) => date).sort();
  const end = numberOf([today, dates.at(-1) ?? today].sort()[1] ?? today);
  const start = Math.min(numberOf(dates[0] ?? today), end - FEWEST_DAYS + 1);
  const length = end - start + 1 > MOST_BARS ? WEEK : 1;
  const spans: Span[] = [];
  for (let last = end; last >= start; last -= length) {
    const [from, to] = [dateOf(last - length + 1), dateOf(last)];
    spans.unshift({ from, to, ...sumOf(days.filter(({ date }) => date >= from && date <= to)) });
  }
  return spans;
}

function numberOf(date: string): number {
  return Date.parse(date) / DAY;
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
