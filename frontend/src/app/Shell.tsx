import { Container, Loader, Center } from '@mantine/core';
import { Suspense } from 'react';
import { Outlet, ScrollRestoration } from 'react-router';
import { DropArea } from '@/features/upload/DropArea';
import { Uploads } from '@/features/upload/Uploads';
import { useMayUpload } from '@/shared/account/rights';
import { Banners } from './Banners';
import { Header } from './Header';
import { useFreshViews } from './useFreshViews';

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
  useFreshViews();
  const page = (
    <>
      <Header />
      <Container
        component="main"
        size={1680}
        px={{ base: 'md', sm: 'xl' }}
        py="md"
        id="content"
        tabIndex={-1}
        style={{ outline: 'none' }}
      >
        <Banners />
        <Outlet />
      </Container>
      <Uploads />
      <ScrollRestoration getKey={() => 'gallery'} />
    </>
  );
  return mayUpload ? <DropArea>{page}</DropArea> : page;
}
