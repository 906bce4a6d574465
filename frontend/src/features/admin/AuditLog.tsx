import { Anchor, EmptyState, Text } from '@mantine/core';
import { IconNotebook } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { LogEntry } from '@/api/types';
import { moment } from '@/shared/pictures/words';
import classes from './Administration.module.css';
import { PagedList } from './PagedList';
import { getLog } from './requests';
import { usePages } from './usePages';

const ACTIONS: Record<string, string> = {
  change: 'changed',
  delete: 'deleted',
  hide: 'hid',
  restore: 'restored',
  dismiss: 'dismissed what was reported of',
  disable: 'disabled',
  enable: 'enabled',
  invite: 'invited',
  pause: 'paused captioning:',
  resume: 'let captioning go on',
  redrive: 'sent through again what the captioner gave up on',
  recaption: 'had every picture captioned again by',
};

const OUTCOMES: Record<LogEntry['outcome'], string> = {
  begun: 'begun, end unknown',
  done: 'done',
  refused: 'refused',
  failed: 'failed',
};

/** What admins did, newest first. */
export function AuditLog() {
  const list = usePages(['log'], getLog);
  return (
    <PagedList
      list={list}
      things="entries"
      itemsOf={(page) => page.entries}
      empty={
        <EmptyState
          py="xl"
          icon={<IconNotebook stroke={1.25} aria-hidden />}
          title="Nothing was done yet"
          description="Whatever an admin does to the gallery, to others or to what is theirs is kept here for 400 days."
        />
      }
    >
      {(entries) => (
        <ul className={classes.list}>
          {entries.map(({ id, at, by, action, subject, outcome, detail }) => (
            <li key={id}>
              <div className={classes.about}>
                <Text>
                  <b>{by}</b> {ACTIONS[action] ?? action} <Subject words={subject} />
                </Text>
                <Text size="sm" c="dimmed">
                  {moment(at)}, {OUTCOMES[outcome]}
                  {detail && `: ${detail}`}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  );
}

/** To what something was done; leads there where it is a picture, a post or a person. */
function Subject({ words }: { words: string }) {
  const [kind = '', id = ''] = words.split(' ', 2);
  if (kind === 'image')
    return (
      <Anchor underline="always" component={Link} to={`/images/${id}`}>
        a picture
      </Anchor>
    );
  if (kind === 'post')
    return (
      <Anchor underline="always" component={Link} to={`/posts/${id}`}>
        a post
      </Anchor>
    );
  if (kind === 'person')
    return (
      <Anchor underline="always" component={Link} to={`/people/${id}`}>
        {id}
      </Anchor>
    );
  return kind === 'model' ? id : words;
}
