import { Anchor, Button, Text } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import type { Image, Post } from '@/api/types';
import { usePerson } from '@/api/person';
import { useSignIn } from '@/shared/account/signIn';
import { closeDialog, openDialog } from '@/shared/dialogs';
import { NewPost } from './NewPost';
import classes from './Posts.module.css';

const DIALOG = 'post';

/** Shows a picture to those who follow; a private one can’t be, and says so. */
export function PostButton({ image }: { image: Image }) {
  const person = usePerson();
  const signIn = useSignIn();
  const [posted, setPosted] = useState<Post | null>(null);
  const reason = useId();
  const hidden = image.visibility === 'private';
  const open = () =>
    void openDialog({
      modalId: DIALOG,
      title: 'Post this picture',
      children: (
        <NewPost
          image={image}
          onPosted={(post) => {
            setPosted(post);
            closeDialog(DIALOG);
          }}
        />
      ),
    });
  return (
    <div className={classes.toPost}>
      <Button
        variant="default"
        leftSection={<IconMessagePlus size={16} aria-hidden />}
        disabled={hidden}
        aria-describedby={hidden ? reason : undefined}
        onClick={person === null ? signIn : open}
      >
        Post
      </Button>
      {hidden && (
        <Text id={reason} size="sm" c="dimmed">
          A private picture can’t be posted.
        </Text>
      )}
      <Text size="sm" role="status">
        {posted && (
          <>
            Posted.{' '}
            <Anchor component={Link} to={`/posts/${posted.id}`} inherit underline="always">
              See your post
            </Anchor>
          </>
        )}
      </Text>
    </div>
  );
}
