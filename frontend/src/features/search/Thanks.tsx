import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Quoted } from '@/shared/Quoted';
import classes from './Search.module.css';
import { useImproved, votes } from './votes';

interface ThanksProps {
  query: string;
  searchAgain: () => Promise<unknown>;
}

/** Says that votes were heard, and lets one see what comes of them; nothing moves before that is asked for. */
export function Thanks({ query, searchAgain }: ThanksProps) {
  const improved = useImproved(query);
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    await votes.flush();
    votes.searched(query);
    await searchAgain();
    setBusy(false);
  };
  return (
    <div role="status" className={classes.thanks}>
      {improved && (
        <div className={classes.word}>
          <Text size="sm">
            Thank you. The next search for <Quoted>{query}</Quoted> will use it.
          </Text>
          <Button size="compact-sm" variant="light" loading={busy} onClick={() => void again()}>
            Search again
          </Button>
        </div>
      )}
    </div>
  );
}
