import { Anchor, Badge, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Post } from '@/api/types';
import { ago } from '@/shared/ago';
import { PersonName } from '@/shared/people/PersonName';
import { moment } from '@/shared/pictures/words';
import { LikeButton } from './LikeButton';
import { PostMenu, type ItemsOfPost } from './PostMenu';
import { PostPicture } from './PostPicture';
import classes from './Posts.module.css';

interface PostCardProps {
  post: Post;
  Items: ItemsOfPost;
  onDeleted: () => void;
}

/** A picture that somebody shows, with what they say about it. */
export function PostCard({ post, Items, onDeleted }: PostCardProps) {
  return (
    <article className={classes.post} aria-label={`Post by ${post.author_name ?? post.author}`}>
      <header className={classes.head}>
        <PersonName username={post.author} name={post.author_name} />
        <PostMenu post={post} Items={Items} onDeleted={onDeleted} />
      </header>
      {post.hidden && (
        <Badge variant="default" mt="sm" leftSection={<IconEyeOff size={12} aria-hidden />}>
          Hidden by an admin
        </Badge>
      )}
      <PostPicture image={post.image} />
      {post.text !== '' && (
        <Text className={classes.text} dir="auto">
          {post.text}
        </Text>
      )}
      <footer className={classes.foot}>
        <LikeButton post={post} />
        <Anchor component={Link} to={`/posts/${post.id}`} size="sm" c="dimmed">
          <time dateTime={post.created_at} title={moment(post.created_at)}>
            {ago(post.created_at)}
          </time>
          {post.edited_at !== null && ', edited'}
        </Anchor>
      </footer>
    </article>
  );
}
