import { Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { PageTitle } from '@/shared/PageTitle';
import { Answer } from './Answer';
import classes from './Counter.module.css';
import { DigitChoice } from './DigitChoice';
import { readWholeNumber } from './wholeNumber';

const PAUSE = 250;
const EXAMPLE = { digit: '7', n: '1000' };

/** Counts how often a digit is written from 1 to a number; the address follows what is asked. */
export function Counter() {
  const [asked, setAsked] = useSearchParams(EXAMPLE);
  const [digit, setDigit] = useState(() => digitIn(asked));
  const [written, setWritten] = useState(asked.get('n') ?? EXAMPLE.n);
  const reading = readWholeNumber(written);
  const follow = useDebouncedCallback((next: typeof EXAMPLE) => setAsked(next, { replace: true }), PAUSE);
  const ask = (nextDigit: string, text: string) => {
    setDigit(nextDigit);
    setWritten(text);
    const next = readWholeNumber(text);
    if ('digits' in next) follow({ digit: nextDigit, n: next.digits });
    else follow.cancel();
  };
  const last = readWholeNumber(asked.get('n') ?? '');
  return (
    <Stack gap="lg" className={classes.counter}>
      <div>
        <PageTitle>How often is a digit written?</PageTitle>
        <Text c="dimmed">When one writes down all numbers from 1 on, one after the other.</Text>
      </div>
      <DigitChoice digit={digit} onChoose={(chosen) => ask(chosen, written)} />
      <Textarea
        label="Up to this number"
        value={written}
        error={'problem' in reading && reading.problem}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        autosize
        maxRows={12}
        maxLength={3000}
        classNames={{ input: classes.number }}
        onChange={({ currentTarget: { value } }) => ask(digit, value)}
      />
      {'digits' in last && <Answer digit={digitIn(asked)} n={last.digits} />}
    </Stack>
  );
}

function digitIn(parameters: URLSearchParams): string {
  const digit = parameters.get('digit') ?? '';
  return /^\d$/.test(digit) ? digit : EXAMPLE.digit;
}
