/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "options.h"
#include "session.h"

G_BEGIN_DECLS

/* Each gets its arguments with its own name first. */
ToolStatus tool_cmd_make (GStrv arguments);
ToolStatus tool_cmd_analyze (GStrv arguments);
ToolStatus tool_cmd_direct (GStrv arguments);
ToolStatus tool_cmd_plan (GStrv arguments);
ToolStatus tool_cmd_replan (GStrv arguments);
ToolStatus tool_cmd_render (GStrv arguments);
ToolStatus tool_cmd_join (GStrv arguments);
ToolStatus tool_cmd_export (GStrv arguments);
ToolStatus tool_cmd_why (GStrv arguments);
ToolStatus tool_cmd_styles (GStrv arguments);
ToolStatus tool_cmd_doctor (GStrv arguments);

G_END_DECLS
