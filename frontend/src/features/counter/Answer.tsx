import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { inWords } from '@/api/problem';
import { countDigit } from './countDigit';
import classes from './Counter.module.css';
import { grouped } from './wholeNumber';

interface AnswerProps {
  digit: string;
  /** Decimal digits. */
  n: string;
}

/** How often the digit is written from 1 to n, in words and exactly. */
export function Answer({ digit, n }: AnswerProps) {
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['counter', digit, n],
    queryFn: async ({ signal }) => ({ digit, n, count: await countDigit(digit, n, signal) }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return (
    <div role="status" aria-busy={isPlaceholderData} className={classes.answer}>
      {error && <Text c="var(--alarm)">{inWords(error)}</Text>}
      {!error && data && (
        <>
          <p>
            How often is the digit {data.digit} written from 1 to{' '}
            <b>
              <Digits of={data.n} />
            </b>
            ?
          </p>
          <p>
            <strong className={classes.count}>
              <Digits of={data.count} />
            </strong>{' '}
            {data.count === 1n ? 'time' : 'times'}
          </p>
        </>
      )}
    </div>
  );
}

/** A number in groups of three digits, between which a long one may go on in the next line. */
function Digits({ of: number }: { of: string | bigint }) {
  return grouped(number)
    .split(/(?<=,)/)
    .map((group, index) => (
      <Fragment key={index}>
        {group}
        <wbr />
      </Fragment>
    ));
}
