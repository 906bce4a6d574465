const LONGEST = 1000;

/** The digits of a whole number from 1 on that somebody has written, or why it is none. */
export type Reading = { digits: string } | { problem: string };

/** Reads a number as people write it: 1000000, 1 000 000, 1,000,000 or 1.000.000, of up to 1000 digits. */
export function readWholeNumber(text: string): Reading {
  const written = text.replace(/\s/g, '');
  const grouped = /^\d{1,3}([,.'’_])\d{3}(\1\d{3})*$/.test(written);
  const digits = (grouped ? written.replace(/\D/g, '') : written).replace(/^0+(?=\d)/, '');
  if (digits === '') return { problem: 'Write a whole number, such as 1000.' };
  if (!/^\d+$/.test(digits) || digits === '0') return { problem: 'This has to be a whole number from 1 on.' };
  if (digits.length > LONGEST)
    return { problem: `This number has ${digits.length} digits; ${LONGEST} are the most.` };
  return { digits };
}

/** Writes a number of any length in groups of three digits. */
export function grouped(value: string | bigint): string {
  return BigInt(value).toLocaleString('en');
}
