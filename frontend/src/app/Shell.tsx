import { Container, Loader, Center } from '@mantine/core';
import { Suspense, useCallback } from 'react';
import { Outlet, useMatch } from 'react-router';
import { openSignIn } from '@/features/account/openSignIn';
import { DropArea } from '@/features/upload/DropArea';
import { Uploads } from '@/features/upload/Uploads';
import { useMayUpload } from '@/shared/account/rights';
import { SignInContext } from '@/shared/account/signIn';
import { useSettings } from '@/shared/settings';
import { Banners } from './Banners';
import { Footer } from './Footer';
import { Header } from './Header';
import { useScrolling } from './scrolling';
import { useFreshViews } from './useFreshViews';
import { useKeysHelp } from './useKeysHelp';

/** What surrounds every page, once the gallery's settings are known. */
export function Shell() {
  return (
    <Suspense
      fallback={
        <Center mih="100dvh">
          <Loader role="status" aria-label="Opening the gallery" />
        </Center>
      }
    >
      <Frame />
    </Suspense>
  );
}

function Frame() {
  const mayUpload = useMayUpload();
  const trying = useMatch('/try') !== null;
  useFreshViews();
  useKeysHelp();
  useScrolling();
  const { identity } = useSettings();
  const signIn = useCallback(() => {
    if (identity !== null) void openSignIn(identity);
  }, [identity]);
  return (
    <SignInContext value={signIn}>
      <Header />
      <Container
        component="main"
        size={1680}
        px={{ base: 'md', sm: 'xl' }}
        py="md"
        id="content"
        tabIndex={-1}
        style={{ outline: 'none', minHeight: '100dvh' }}
      >
        <Banners />
        <Suspense>
          <Outlet />
        </Suspense>
      </Container>
      <Footer />
      <Uploads />
      {mayUpload && !trying && <DropArea />}
    </SignInContext>
  );
}
