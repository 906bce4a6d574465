import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconFlag, IconPencil, IconTrash } from '@tabler/icons-react';
import { useRef, type ComponentType } from 'react';
import type { Post } from '@/api/types';
import { usePerson } from '@/api/person';
import { closeDialog, openDialog } from '@/shared/dialogs';
import { useMe } from '@/shared/people/me';
import { openReport } from '@/shared/report/openReport';
import { EditPost } from './EditPost';
import { useDeletePost } from './useDeletePost';

/** What else can be done with a post, by some other part of the page. */
export type ItemsOfPost = ComponentType<{ post: Post; own: boolean }>;

interface PostMenuProps {
  post: Post;
  Items: ItemsOfPost;
  onDeleted: () => void;
}

const DIALOG = 'edit-post';

/** What can be done with a post beyond liking it. */
export function PostMenu({ post, Items, onDeleted }: PostMenuProps) {
  const person = usePerson();
  const { data: me, isPending } = useMe();
  const askToDelete = useDeletePost(onDeleted);
  const button = useRef<HTMLButtonElement>(null);
  const own = me?.username === post.author;
  const edit = () =>
    void openDialog({
      modalId: DIALOG,
      title: 'Edit your post',
      children: <EditPost post={post} onDone={() => closeDialog(DIALOG)} />,
    });
  return (
    <Menu
      position="bottom-end"
      withinPortal={false}
      hideDetached={false}
      withInitialFocusPlaceholder={false}
      // Before a dialog opens, which gives the focus back to where it was then.
      onClose={() => button.current?.focus()}
    >
      <Menu.Target>
        <ActionIcon
          ref={button}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`More about the post by ${post.author}`}
          // Whose post it is decides what can be done with it.
          disabled={person !== null && isPending}
        >
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {own && (
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={edit}>
            Edit
          </Menu.Item>
        )}
        <Items post={post} own={own} />
        {!own && (
          <Menu.Item
            leftSection={<IconFlag size={16} aria-hidden />}
            onClick={() => void openReport({ post_id: post.id })}
          >
            Report
          </Menu.Item>
        )}
        {(own || person?.admin) && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => askToDelete(post)}
          >
            Delete
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
