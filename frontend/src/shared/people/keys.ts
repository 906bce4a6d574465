/** Everything that is remembered of people. */
export const peopleKey = ['people'] as const;

/** Everything that is remembered of posts. */
export const postsKey = ['posts'] as const;

/** The posts of those whom one follows; others as soon as one follows others. */
export const feedKey = [...postsKey, 'list', 'following'] as const;
