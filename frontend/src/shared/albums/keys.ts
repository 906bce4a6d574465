/** Everything that is remembered of albums. */
export const albumsKey = ['albums'] as const;
