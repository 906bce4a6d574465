import { ModalsProvider, type ModalsProviderProps } from '@mantine/modals';
import { useEffect } from 'react';
import { beginDialogs } from '@/shared/dialogs';

// A dialog's header is no banner of the page, as its tag would have it.
const props: ModalsProviderProps['modalProps'] = {
  centered: true,
  zIndex: 300,
  closeButtonProps: { 'aria-label': 'Close' },
  attributes: { header: { role: 'presentation' } },
};

export default function DialogsProvider() {
  useEffect(beginDialogs, []);
  return <ModalsProvider modalProps={props} />;
}
