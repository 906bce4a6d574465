import { Button, EmptyState } from '@mantine/core';
import { IconHeart, IconMessages, IconUsersPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Suggestions } from '@/features/people/Suggestions';
import type { Choice } from '@/features/posts/findPosts';
import { PostList } from '@/features/posts/PostList';
import { usePerson } from '@/api/person';
import { PageTitle } from '@/shared/PageTitle';
import { useMe } from '@/shared/people/me';
import { usePageTitle } from '@/shared/usePageTitle';
import { PostItems } from './PostItems';
import classes from './Posts.module.css';
import { SignInFirst } from './SignInFirst';

type Shown = Exclude<Choice['kind'], 'author'>;

/** The posts of those whom one follows, the newest of all, or those that most people like. */
export function PostsPage({ shown }: { shown?: Shown }) {
  const person = usePerson();
  const kind = shown ?? (person === null ? 'newest' : 'following');
  usePageTitle('Posts');
  return (
    <>
      <div className={classes.bar}>
        <PageTitle>Posts</PageTitle>
        <nav className={classes.choices} aria-label="Which posts">
          <Link to="/posts/following" aria-current={kind === 'following' ? 'page' : undefined}>
            Following
          </Link>
          <Link to="/posts/newest" aria-current={kind === 'newest' ? 'page' : undefined}>
            Newest
          </Link>
          <Link to="/posts/most-liked" aria-current={kind === 'most-liked' ? 'page' : undefined}>
            Most liked
          </Link>
        </nav>
      </div>
      {kind === 'following' && person === null ? (
        <SignInFirst
          title="Posts of people you follow"
          description="Sign in to follow people and see what they post."
        />
      ) : (
        <PostList key={kind} choice={{ kind }} Items={PostItems} empty={<Empty kind={kind} />} />
      )}
    </>
  );
}

function Empty({ kind }: { kind: Shown }) {
  switch (kind) {
    case 'following':
      return <EmptyFeed />;
    case 'newest':
      return (
        <EmptyState
          py="xl"
          icon={<IconMessages stroke={1.25} aria-hidden />}
          title="No posts yet"
          description="Open a picture and choose “Post” to show it to others."
        />
      );
    case 'most-liked':
      return (
        <EmptyState
          py="xl"
          icon={<IconHeart stroke={1.25} aria-hidden />}
          title="No post has a like yet"
          description="Those that most people like will stand here. The newest posts wait for yours."
        />
      );
  }
}

function EmptyFeed() {
  const { data: me } = useMe();
  return (
    <div className={classes.column}>
      <EmptyState
        py="xl"
        icon={<IconUsersPlus stroke={1.25} aria-hidden />}
        title={me?.following ? 'Those whom you follow have not posted yet' : 'You follow nobody yet'}
        description="Follow people, and what they post stands here, newest first."
      >
        <EmptyState.Actions>
          <Button component={Link} to="/posts/newest" variant="default">
            See the newest posts
          </Button>
        </EmptyState.Actions>
      </EmptyState>
      <Suggestions none={null} />
    </div>
  );
}
