import { lazy } from "react";
import { Navigate, type RouteObject } from "react-router";
import { Gate } from "./Gate";
import { CrashPage, NotFoundPage } from "./StatePage";

const InboxPage = lazy(() => import("../inbox/InboxPage"));
const KnowledgePage = lazy(() => import("../knowledge/KnowledgePage"));
const WorkbenchPage = lazy(() => import("../workbench/WorkbenchPage"));
const UsersPage = lazy(() => import("../users/UsersPage"));
const SkillsPage = lazy(() => import("../skills/SkillsPage"));
const ChannelsPage = lazy(() => import("../channels/ChannelsPage"));

export const routes: RouteObject[] = [
  {
    path: "/",
    element: <Gate />,
    errorElement: <CrashPage />,
    children: [
      { index: true, element: <Navigate to="/inbox/mine" replace /> },
      { path: "inbox", element: <Navigate to="/inbox/mine" replace /> },
      { path: "inbox/:view/:conversation?/:details?", element: <InboxPage /> },
      { path: "knowledge/:article?", element: <KnowledgePage /> },
      { path: "workbench/:tab?", element: <WorkbenchPage /> },
      { path: "users", element: <UsersPage /> },
      { path: "skills", element: <SkillsPage /> },
      { path: "channels", element: <ChannelsPage /> },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];
