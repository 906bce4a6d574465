import { Menu } from '@mantine/core';
import { IconShare } from '@tabler/icons-react';
import { openDialog } from '@/shared/dialogs';
import { ShareDialog } from './ShareDialog';

/** Leads from the menu of one's own post to its links. */
export function ShareItem({ postId }: { postId: string }) {
  const open = () => void openDialog({ title: 'Share your post', children: <ShareDialog postId={postId} /> });
  return (
    <Menu.Item leftSection={<IconShare size={16} aria-hidden />} onClick={open}>
      Share
    </Menu.Item>
  );
}
