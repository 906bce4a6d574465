import { notifications } from '@mantine/notifications';
import { useStore } from 'zustand';
import { inWords } from '@/api/problem';
import { presence } from '@/api/person';
import { sendVotes } from './sendVotes';
import { keyOf, VoteQueue, type Vote } from './VoteQueue';

/** What whoever is here thinks of what was found. */
export const votes = new VoteQueue({
  send: sendVotes,
  onError: (error) => {
    notifications.show({ color: 'red', title: 'Your votes were not counted', message: inWords(error) });
  },
});

presence.subscribe((now, before) => {
  if (now.person?.sub !== before.person?.sub) votes.forget();
});

// A phone tells only that the page is hidden, and may end it without another word.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) votes.leave();
});
window.addEventListener('pagehide', () => {
  votes.leave();
});

/** How the thumbs of a picture stand under a query. */
export function useVote(query: string, imageId: string): Vote | undefined {
  return useStore(votes.store, ({ cast }) => cast[keyOf(query, imageId)]);
}

/** Whether a query was voted on since it was last searched for. */
export function useImproved(query: string): boolean {
  return useStore(votes.store, ({ improved }) => improved.includes(query));
}
