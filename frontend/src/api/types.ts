import type { components } from './schema';

type Schemas = components['schemas'];

export type Image = Schemas['Image'];
export type ImageLabel = Schemas['ImageLabel'];
export type MonthCount = Schemas['MonthCount'];
export type ImagePage = Schemas['ImagesAnswer'];
export type Settings = Schemas['SettingsAnswer'];
export type UploadLimits = Schemas['UploadLimits'];
export type FileToUpload = Schemas['FileToUpload'];
export type UploadAnswer = Schemas['UploadsAnswer']['uploads'][number];
export type Ticket = Schemas['ReadyUpload'];
export type IdentitySettings = Schemas['IdentitySettings'];
export type ImageChange = Schemas['ImageChange'];
export type FeedbackPage = Schemas['FeedbackPage'];
export type QueryFeedback = Schemas['QueryFeedback'];
export type PictureCount = Schemas['PictureCount'];
export type DayCount = Schemas['DayCount'];
export type LabelCount = Schemas['LabelCount'];
export type Reason = Schemas['Why'];
export type Understood = Schemas['Understood'];
export type Total = Schemas['SearchTotal'];
export type Classification = Schemas['ClassifyAnswer'];
export type MosaicState = Schemas['MosaicState'];
export type MosaicRequest = Schemas['MosaicRequest'];
export type Stats = Schemas['StatsAnswer'];
export type FailureReport = Schemas['FailureReport'];
export type Recaption = Schemas['RecaptionAnswer'];
export type PersonSummary = Schemas['PersonSummary'];
export type OriginalsReady = Schemas['OriginalsReady'];
export type OriginalsPending = Schemas['OriginalsPending'];
export type Report = Schemas['Report'];
export type LogEntry = Schemas['LogEntry'];
export type Post = Schemas['Post'];
export type PostPage = Schemas['PostsAnswer'];
export type Share = Schemas['ShareLink'];
export type User = Schemas['User'];
export type UserPage = Schemas['UsersAnswer'];
export type Suggestion = Schemas['Suggestion'];
export type Me = Schemas['Me'];
export type MeChange = Schemas['ProfileChange'];
export type BatchResult = Schemas['BatchResult'];
export type Album = Schemas['AlbumView'];
export type AlbumPage = Schemas['AlbumsAnswer'];
export type NewAlbum = Schemas['NewAlbum'];
export type AlbumChange = Schemas['AlbumChange'];
export type AlbumLink = Schemas['LinkAnswer'];
export type NewLink = Schemas['NewLink'];
export type LinkChange = Schemas['LinkChange'];
export type MadeLink = Schemas['MadeLink'];
export type AlbumPerson = Schemas['AlbumPerson'];
export type AlbumRole = Schemas['PersonToLetIn']['role'];
export type Invitation = Schemas['AlbumInvitation'];

/** Somebody signed in: the owner's name of their pictures, the address they sign in with, whether they see to all. */
export interface Person {
  readonly sub: string;
  readonly email: string;
  readonly admin: boolean;
}
