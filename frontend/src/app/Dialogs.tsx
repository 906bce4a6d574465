import { ModalsProvider, type ModalsProviderProps } from '@mantine/modals';

// A dialog's header is no banner of the page, as its tag would have it.
const props: ModalsProviderProps['modalProps'] = {
  centered: true,
  zIndex: 300,
  closeButtonProps: { 'aria-label': 'Close' },
  attributes: { header: { role: 'presentation' } },
};

/** Shows the dialogs that any part of the page opens. */
export default function Dialogs() {
  return <ModalsProvider modalProps={props} />;
}
