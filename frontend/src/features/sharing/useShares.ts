import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Share } from '@/api/types';
import { postsKey } from '@/shared/people/keys';
import { createShare, findShares, revokeShare } from './shares';

const sharesKey = (postId: string) => [...postsKey, 'shares', postId] as const;

/** The links to a post that still open. */
export function useShares(postId: string) {
  return useQuery({
    queryKey: sharesKey(postId),
    queryFn: ({ signal }) => findShares(postId, signal),
    staleTime: 0,
  });
}

/** Makes a link to a post. */
export function useCreateShare(postId: string) {
  const change = useChangeShares(postId);
  return useMutation({
    mutationFn: (expiresIn: number) => createShare(postId, expiresIn),
    onSuccess: (made) => change((shares) => [made, ...shares]),
  });
}

/** Makes a link open for nobody any more. */
export function useRevokeShare(postId: string) {
  const change = useChangeShares(postId);
  return useMutation({
    mutationFn: ({ token }: Share) => revokeShare(postId, token),
    onSuccess: (_, revoked) => change((shares) => shares.filter(({ token }) => token !== revoked.token)),
  });
}

function useChangeShares(postId: string) {
  const client = useQueryClient();
  return (change: (shares: Share[]) => Share[]) =>
    client.setQueryData<Share[]>(sharesKey(postId), (shares) => change(shares ?? []));
}
