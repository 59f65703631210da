"""Who gets what: every address of the product, generated from the URL resolver, for every kind of person.

A new address without a line in ``MATRIX`` fails here. The columns are the answers to GET: 404 where a record does not
exist for that person, 403 where they see it but lack the power, 302 where a page leads on, 405 where only POST is taken.
"""

from __future__ import annotations

import html
import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pytest
from django.apps import apps
from django.conf import settings as live
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.config import settings as product
from chibo.core.registry import registry
from chibo.desk.selectors import journal_for
from chibo.journal.models import Change, Entry
from tests.house.stage import BIRTH_TEXTS, CITIZEN, PHONE, ROLES, SECRET, Stage, build_stage
from tests.world import LONG_AGO, World, build_world

# address                       sample                stranger other colleague owner secretary clerk leader inspector
MATRIX = """
access:account            -                    200 200 200 200 200 200 200 200
access:appearance         -                    405 405 405 405 405 405 405 405
access:password           -                    405 405 405 405 405 405 405 405
desk:home                 -                    200 200 200 200 200 200 200 200
desk:looked               -                    405 405 405 405 405 405 405 405
desk:journal              -                    200 200 200 200 200 200 200 200
desk:search               -                    200 200 200 200 200 200 200 200
desk:board_start          -                    404 302 404 404 302 302 302 302
desk:board                ward+year            404 404 404 404 404 200 200 200
desk:book_start           -                    404 302 404 404 302 302 302 302
desk:book                 cell+year            404 404 404 404 200 200 200 200
units:start               -                    404 302 404 404 302 302 302 302
units:unit                ward                 404 404 404 404 404 200 200 200
units:found               ward                 404 404 404 404 404 200 403 403
units:rename              cell                 404 404 404 404 403 200 403 403
units:move                cell                 404 404 404 404 403 200 403 403
units:merge               ward                 404 404 404 404 404 200 403 403
units:split               cell                 404 404 404 404 403 200 403 403
units:close               cell                 404 404 404 404 403 200 403 403
units:settings            ward                 404 404 404 404 404 200 200 200
units:setting             ward+setting         404 404 404 404 404 200 403 403
members:start             -                    302 302 302 302 302 302 302 302
members:own               -                    302 200 302 302 200 200 200 200
members:index             cell                 404 404 404 404 200 200 200 200
members:admit             cell                 404 404 404 404 403 200 403 403
members:take_in           cell                 404 404 404 404 403 200 403 403
members:take_over         cell                 404 404 404 404 403 200 403 403
members:structure         cell+year            404 404 404 404 200 200 200 200
members:posts             cell                 404 404 404 404 200 200 200 200
members:groups            cell                 404 404 404 404 403 200 403 403
members:invite            cell                 404 404 404 404 200 200 403 403
members:member            member               404 404 404 200 200 200 200 200
members:history           member               404 404 404 200 200 200 200 404
members:reveal            member               405 405 405 405 405 405 405 405
members:amend             member               404 404 404 403 403 200 403 403
members:change            member               404 404 404 403 403 200 403 403
members:recognise         member               404 404 404 403 403 200 403 403
members:transfer          member               404 404 404 403 403 200 403 403
members:leaving           member               404 404 404 403 403 200 403 403
members:end_term          term                 404 404 404 404 403 200 200 403
papers:start              -                    404 302 404 404 302 302 302 302
papers:index              ward                 404 404 404 404 404 200 200 200
papers:register           ward                 404 404 404 404 404 200 403 403
papers:paper              paper                404 404 404 404 404 200 200 200
papers:file               paper                404 404 404 404 404 200 200 200
papers:templates          ward                 404 404 404 404 404 200 200 200
papers:adopt              ward                 404 404 404 404 404 200 403 403
papers:standard           ward+kind            404 404 404 404 404 200 200 200
papers:template           template             404 404 404 404 404 200 200 200
papers:template_file      template             404 404 404 404 404 200 200 200
papers:correct            paper                404 404 404 404 404 200 403 403
papers:enclose            paper                405 405 405 405 405 405 405 405
papers:enclosure          enclosure            404 404 404 404 404 200 200 200
papers:take_out           enclosure            405 405 405 405 405 405 405 405
papers:link               paper                404 404 404 404 404 200 403 403
papers:unlink             paper+link           405 405 405 405 405 405 405 405
papers:numbers            ward                 404 404 404 404 404 200 200 200
papers:reserve            ward                 404 404 404 404 404 200 200 403
papers:explain            ward+number          404 404 404 404 404 200 200 403
papers:void               number               404 404 404 404 404 200 200 403
papers:cite               ward                 404 404 404 404 404 200 200 200
tasks:start               -                    302 302 302 302 302 302 302 302
tasks:mine                -                    200 200 200 200 200 200 200 200
tasks:index               cell                 404 404 404 404 200 200 200 200
tasks:assign              cell                 404 404 404 404 200 200 200 403
tasks:task                task                 404 404 404 404 200 200 200 200
tasks:deed                task+finish          404 404 404 404 200 200 200 403
tasks:evidence            progress             404 404 404 404 200 200 200 200
programmes:start          -                    200 302 200 200 302 302 302 302
programmes:manifestations -                    200 200 200 200 200 200 200 200
programmes:wording        ward+A1              404 404 404 404 404 200 200 403
programmes:index          ward                 404 404 404 404 404 200 200 200
programmes:launch         ward                 404 404 404 404 404 200 200 403
programmes:programme      programme            200 404 200 200 200 200 200 200
programmes:amend          programme            403 404 403 403 403 200 200 403
programmes:theme          programme            403 404 403 403 403 200 200 403
programmes:attach         programme            403 404 403 403 403 200 200 403
programmes:paper          programme+paper      200 404 200 200 200 200 200 200
meetings:start            -                    404 302 404 404 302 302 302 302
meetings:index            cell+year            404 404 404 404 200 200 200 200
meetings:convene          cell                 404 404 404 404 200 403 403 403
meetings:meeting          meeting              404 404 404 404 200 200 200 200
meetings:arrange          meeting              404 404 404 404 200 403 403 403
meetings:call_off         meeting              405 405 405 405 405 405 405 405
meetings:roll             meeting              404 404 404 404 200 403 403 403
meetings:mark             meeting+member       405 405 405 405 405 405 405 405
meetings:minutes          closed               404 404 404 404 200 404 200 200
meetings:correct          closed               405 405 405 405 405 405 405 405
meetings:note             item                 405 405 405 405 405 405 405 405
meetings:prepare          meeting              404 404 404 404 200 403 403 403
meetings:topic            meeting              405 405 405 405 405 405 405 405
meetings:notify           meeting              405 405 405 405 405 405 405 405
meetings:publish          meeting              405 405 405 405 405 405 405 405
meetings:mail             meeting              405 405 405 405 405 405 405 405
meetings:invitations      meeting              404 404 404 404 200 403 403 403
meetings:digest           meeting              404 404 404 404 200 200 200 200
meetings:document         meeting+paper        404 404 404 404 200 200 200 200
meetings:calendar         cell+year            404 404 404 404 200 200 200 200
meetings:schedule         cell                 404 404 404 404 200 403 403 403
meetings:feeds            -                    200 200 200 200 200 200 200 200
meetings:address          -                    405 405 405 405 405 405 405 405
meetings:revoke           member               405 405 405 405 405 405 405 405
meetings:run              meeting              404 404 404 404 200 403 403 403
meetings:call             meeting+member       405 405 405 405 405 405 405 405
meetings:screen           meeting              404 404 404 404 200 403 403 403
meetings:here             meeting+token        404 404 404 404 200 403 403 403
meetings:vote             meeting              405 405 405 405 405 405 405 405
meetings:resolve          meeting              405 405 405 405 405 405 405 405
meetings:mention          meeting              405 405 405 405 405 405 405 405
meetings:begin            item                 405 405 405 405 405 405 405 405
meetings:finish           item                 405 405 405 405 405 405 405 405
meetings:times            item                 404 404 404 404 200 403 403 403
meetings:speak            item                 405 405 405 405 405 405 405 405
meetings:speech           speech               405 405 405 405 405 405 405 405
meetings:resolved         resolved             404 404 404 404 200 403 403 403
meetings:strike           strike               405 405 405 405 405 405 405 405
meetings:resolution       closed               404 404 404 404 200 200 200 200
meetings:attachments      meeting              404 404 404 404 200 200 200 200
meetings:attachment       attachment           404 404 404 404 200 200 200 200
meetings:detach           attachment           405 405 405 405 405 405 405 405
meetings:following        cell+year            404 404 404 404 200 200 200 200
meetings:quality          meeting              404 404 404 404 200 200 200 200
meetings:quality_forms    ward                 404 404 404 404 404 200 403 403
meetings:visitors         meeting              404 404 404 404 200 200 200 200
meetings:strike_visit     visit                405 405 405 405 405 405 405 405
meetings:resolutions      cell+year            404 404 404 404 200 200 200 200
meetings:minutes_book     cell+year            404 404 404 404 200 404 200 200
briefings:start           -                    404 302 404 404 302 302 302 302
briefings:index           cell+year            404 404 404 404 200 200 200 200
briefings:call            ward                 404 404 404 404 404 200 200 403
briefings:briefing        briefing             404 404 404 404 200 200 200 200
briefings:arrange         briefing             404 404 404 404 404 200 200 403
briefings:call_off        briefing             405 405 405 405 405 405 405 405
briefings:direct          briefing             405 405 405 405 405 405 405 405
briefings:screen          briefing             404 404 404 404 404 200 200 200
briefings:conclude        briefing             404 404 404 404 404 200 200 403
briefings:correct         concluded            405 405 405 405 405 405 405 405
briefings:notice          concluded            404 404 404 404 200 200 200 200
briefings:ret             ret                  404 404 404 404 200 200 200 200
briefings:take_back       ret                  405 405 405 405 405 405 405 405
plans:start               -                    302 302 302 302 302 302 302 302
plans:mine                -                    200 200 200 302 200 200 200 200
plans:index               cell+year            404 404 404 404 200 200 200 200
plans:waiting             cell+year            404 404 404 404 200 200 200 200
plans:confirm_several     cell+year            405 405 405 405 405 405 405 405
plans:conclude_several    cell+year            404 404 404 404 200 403 200 403
plans:draft_several       cell+year            405 405 405 405 405 405 405 405
plans:blank_docx          cell+year            404 404 404 404 200 200 200 200
plans:blank_pdf           cell+year            404 404 404 404 200 200 200 200
plans:blank_zip           cell+year            404 404 404 404 200 403 403 403
plans:begin               member+campaign      405 405 405 405 405 405 405 405
plans:plan                plan                 404 404 404 200 200 200 200 200
plans:write               plan                 404 404 404 302 302 404 403 403
plans:take                plan+suggestion      405 405 405 405 405 405 405 405
plans:register            plan                 405 405 405 405 405 405 405 405
plans:judge               plan                 405 405 405 405 405 405 405 405
plans:conclude            plan                 405 405 405 405 405 405 405 405
plans:receive             plan                 405 405 405 405 405 405 405 405
plans:compare             plan+plan            404 404 404 404 200 404 200 200
plans:docx                plan                 404 404 404 200 200 404 200 200
plans:pdf                 plan                 404 404 404 200 200 404 200 200
plans:campaigns           ward                 404 404 404 404 404 200 200 200
plans:open                ward                 404 404 404 404 404 200 200 403
plans:campaign            campaign             200 404 200 200 200 200 200 200
plans:amend_campaign      campaign             403 404 403 403 403 200 200 403
plans:guidance            campaign             200 404 200 200 200 200 200 200
plans:suggestions         campaign             403 404 403 403 403 200 200 403
plans:copy_suggestions    campaign             405 405 405 405 405 405 405 405
plans:suggest             campaign+group       403 404 403 403 403 200 200 403
plans:form_for_group      campaign+group+docx  403 404 403 403 403 200 200 200
plans:evaluate_cell       meeting              404 404 404 404 200 200 200 200
plans:evaluate_plan       meeting+plan         405 405 405 405 405 405 405 405
plans:amend_evaluation    closed+plan          404 404 404 404 200 403 403 403
plans:evaluation          evaluation           404 404 404 200 200 200 200 200
plans:report              plan+month           404 404 404 200 200 404 403 403
plans:rota                cell+year            404 404 404 404 200 200 200 200
plans:turn                cell+year            405 405 405 405 405 405 405 405
plans:propose_rota        cell+year            405 405 405 405 405 405 405 405
congresses:start          -                    404 302 404 404 302 302 302 302
congresses:index          cell+year            404 404 404 404 200 200 200 200
congresses:open           ward                 404 404 404 404 404 200 200 403
congresses:round          round                404 404 404 404 404 200 200 200
congresses:schedule       round                404 404 404 404 404 200 200 403
congresses:amend          round                404 404 404 404 404 200 200 403
congresses:lessons        round                405 405 405 405 405 405 405 405
congresses:round_report   round                404 404 404 404 404 200 200 200
congresses:congress       congress             404 404 404 404 200 200 200 200
congresses:move           congress             404 404 404 404 403 200 200 403
congresses:scheme         congress             404 404 404 404 200 403 403 403
congresses:political      congress             404 404 404 404 200 403 403 403
congresses:review         congress             404 404 404 404 200 403 403 403
congresses:paper          congress+result      404 404 404 404 200 200 200 200
congresses:screen         congress             404 404 404 404 200 200 200 200
congresses:step           congress+begin       405 405 405 405 405 405 405 405
congresses:tick           preparation          405 405 405 405 405 405 405 405
congresses:owner          preparation          405 405 405 405 405 405 405 405
congresses:complaint      complaint            405 405 405 405 405 405 405 405
congresses:counters       congress             404 404 404 404 200 403 403 403
congresses:election       election             404 404 404 404 200 200 200 200
congresses:election_step  election+put         405 405 405 405 405 405 405 405
congresses:candidate      candidate+support    405 405 405 405 405 405 405 405
congresses:polling        polling              404 404 200 200 200 403 403 403
congresses:polling_step   polling+certify      405 405 405 405 405 405 405 405
congresses:minutes        certified            404 404 404 404 200 200 200 200
congresses:strike         entry                405 405 405 405 405 405 405 405
congresses:ballots        election             404 404 404 404 200 403 403 403
congresses:scan           polling              404 404 200 200 200 403 403 403
congresses:scan_step      scan+aside           405 405 405 405 405 405 405 405
congresses:look           scan+counter         404 404 403 302 302 404 404 404
congresses:picture        scan+item            404 404 404 404 404 404 404 404
congresses:code           counter              404 404 404 404 200 403 403 403
congresses:sit            polling+counter      404 404 404 404 200 403 403 403
congresses:leave          polling              405 405 405 405 405 405 405 405
congresses:duty           congress             404 404 200 200 404 404 404 404
congresses:strike_batch   batch                405 405 405 405 405 405 405 405
congresses:unseal         complaint            404 404 404 404 404 200 200 404
congresses:opening        opening              404 404 404 404 404 200 200 404
congresses:opening_minutes opening             404 404 404 404 404 200 200 404
congresses:sealed         opening+scan         404 404 404 404 404 404 404 404
congresses:dossier        congress             404 404 404 404 200 200 200 200
congresses:chair          congress             404 404 404 404 200 403 403 403
consultations:start         -                    404 302 404 404 302 302 302 302
consultations:index         ward                 404 404 404 404 404 200 200 200
consultations:lookup        ward                 404 404 404 404 404 200 200 404
consultations:announce      ward                 404 404 404 404 404 200 200 403
consultations:consultation  consultation         404 404 404 404 404 200 200 200
consultations:reword        consultation         404 404 404 404 404 200 200 403
consultations:add           consultation+part    404 404 404 404 404 200 200 403
consultations:strike        consultation+strike  405 405 405 405 405 405 405 405
consultations:launch        consultation         405 405 405 405 405 405 405 405
consultations:close         consultation         405 405 405 405 405 405 405 405
consultations:roll          asking+hand          404 404 404 404 404 200 200 403
consultations:sheet         summed+docx          404 404 404 404 404 200 200 403
consultations:mine          asking               404 404 404 200 404 404 404 404
consultations:subject       subject              404 404 404 200 404 200 200 404
consultations:suggestions_start -                404 302 404 404 404 302 302 404
consultations:suggestions   ward                 404 404 404 404 404 200 200 404
consultations:note          ward                 404 404 404 404 404 200 200 404
consultations:suggestion    suggestion           404 404 404 404 404 200 200 404
consultations:suggestion_deed suggestion+answer  404 404 404 404 404 200 200 404
consultations:withdraw      suggestion           405 405 405 405 405 405 405 405
outreach:start            -                    404 302 404 404 302 302 302 302
outreach:index            cell+year            404 404 404 404 200 200 200 200
outreach:enter            cell                 404 404 404 404 200 200 200 403
outreach:several          cell                 404 404 404 404 200 200 200 403
outreach:item             item_told            404 404 404 404 200 200 200 200
outreach:amend            item_told            404 404 404 404 200 200 200 403
outreach:strike           item_told            404 404 404 404 200 200 200 403
outreach:picture          item_told            404 404 404 404 200 200 200 200
outreach:weeks            cell+year            404 404 404 404 200 200 200 200
outreach:orient           ward                 404 404 404 404 404 200 200 403
outreach:week             week                 404 404 404 404 200 200 200 200
outreach:articles         cell+year            404 404 404 404 200 200 200 200
outreach:offer            cell                 404 404 404 404 200 200 200 403
outreach:article          article              404 404 404 404 200 200 200 200
outreach:article_picture  article              404 404 404 404 200 200 200 200
outreach:article_deed     article+revise       404 404 404 404 200 200 200 403
outreach:exemplars        cell+year            404 404 404 404 200 200 200 200
outreach:find             cell                 404 404 404 404 200 200 200 403
outreach:exemplar         exemplar             404 404 404 200 200 200 200 200
outreach:exemplar_deed    exemplar+propose     404 404 404 403 200 200 200 403
outreach:publications     cell                 404 404 404 404 200 200 200 200
outreach:withdraw         publication          405 405 405 405 405 405 405 405
study:start               -                    302 302 302 302 302 302 302 302
study:mine                -                    200 200 200 200 200 200 200 200
study:index               cell+year            404 404 404 404 200 200 200 200
study:open                cell                 404 404 404 404 200 403 403 403
study:disseminate         ward                 404 404 404 404 404 200 200 403
study:record              bare                 404 404 404 404 200 403 403 403
study:class               class                200 404 200 200 200 200 200 200
study:amend               class                403 404 403 403 403 200 200 403
study:ask                 class                403 404 403 403 403 200 200 403
study:remind              class                405 405 405 405 405 405 405 405
study:waive               class                405 405 405 405 405 405 405 405
study:essays              class+cell           404 404 404 404 200 200 200 200
study:essay               essay                404 404 404 200 200 200 200 200
study:mark                essay                405 405 405 405 405 405 405 405
study:file                essay                404 404 404 200 200 404 200 404
study:compare             essay+essay          404 404 404 404 200 404 403 404
study:spread              spread               200 404 200 200 200 200 200 200
study:amend_spread        spread               403 404 403 403 403 200 200 403
study:digest              spread               200 404 200 200 200 200 200 200
study:document            spread               200 404 200 200 200 200 200 200
study:confirm             spread               405 405 405 405 405 405 405 405
study:reach               spread+cell          404 404 404 404 200 403 403 403
reviews:start             -                    302 302 302 302 302 302 302 302
reviews:mine              -                    200 200 200 200 200 200 200 200
reviews:index             ward                 404 404 404 404 404 200 200 200
reviews:open              ward                 404 404 404 404 404 200 200 403
reviews:board             round+cell           404 404 404 404 200 200 200 200
reviews:again             round+ward           405 405 405 405 405 405 405 405
reviews:ballots           round+cell           404 404 404 404 200 403 403 403
reviews:summary           round+cell           404 404 404 404 200 200 200 200
reviews:levels            round+cell+propose   404 404 404 404 200 403 403 403
reviews:review            review               404 404 404 200 200 200 200 200
reviews:write             review               404 404 404 200 200 403 403 403
reviews:manifestations    review               404 404 404 200 200 403 200 403
reviews:deed              review+comment       404 404 404 403 200 403 403 403
figures:start             -                    404 302 404 404 302 302 302 302
figures:index             cell+year            404 404 404 404 200 200 200 200
figures:figure            figure               404 404 404 404 200 200 200 200
reports:start             -                    404 302 404 404 302 302 302 302
reports:index             ward+year            404 404 404 404 404 200 200 200
reports:draft             inspection           404 404 404 404 200 200 200 404
reports:report            report               404 404 404 404 404 200 200 200
reports:run_now           report               405 405 405 405 405 405 405 405
reports:file              report+docx          404 404 404 404 404 200 200 200
reports:returned          report               404 404 404 404 404 200 200 200
imports:start             -                    404 302 404 404 404 302 302 404
imports:index             ward                 404 404 404 404 404 200 200 404
imports:show              run                  404 404 404 404 404 200 404 404
imports:columns           run                  404 404 404 404 404 200 404 404
imports:confirm           run                  405 405 405 405 405 405 405 405
imports:undo              run                  405 405 405 405 405 405 405 405
imports:run_now           run                  405 405 405 405 405 405 405 405
imports:discard           run                  405 405 405 405 405 405 405 405
inspections:start         -                    200 200 200 200 302 200 302 302
inspections:index         cell+year            404 404 404 404 200 404 200 200
inspections:decide        cell                 404 404 404 404 200 404 200 200
inspections:programme     cell+programme       404 404 404 404 200 404 200 200
inspections:draft         cell+programme       405 405 405 405 405 405 405 405
inspections:add_line      programme_           404 404 404 404 200 404 200 200
inspections:adopt         programme_           404 404 404 404 200 404 200 200
inspections:amend         programme_           404 404 404 404 200 404 200 200
inspections:line          line                 404 404 404 404 200 404 200 200
inspections:adjust        line                 404 404 404 404 200 404 200 200
inspections:strike_line   line                 405 405 405 405 405 405 405 405
inspections:inspection    running              404 404 404 404 200 404 200 200
inspections:team          running              404 404 404 404 404 404 200 200
inspections:outline       running              404 404 404 404 404 404 200 200
inspections:criteria      running              404 404 404 404 404 404 200 200
inspections:deed          running+announce     404 404 404 404 404 404 200 200
inspections:waive_step    running+deploy       404 404 404 404 404 404 200 200
inspections:write         running+result       404 404 404 404 404 404 200 200
inspections:waive         running+result       404 404 404 404 404 404 200 200
inspections:bring         running              404 404 404 404 404 404 200 200
inspections:dossier       running              404 404 404 404 200 404 200 200
inspections:export        running              405 405 405 405 405 405 405 405
inspections:open          piece+pdf            405 405 405 405 405 405 405 405
inspections:visits        survey               404 404 404 404 404 404 200 200
inspections:crosstab      survey               404 404 404 404 404 404 200 200
inspections:strike_visit  visit_               405 405 405 405 405 405 405 405
inspections:attended      visit_               405 405 405 405 405 405 405 405
inspections:self_report   inspected            404 404 404 404 200 404 200 200
inspections:report_back   inspected            405 405 405 405 405 405 405 405
inspections:verify        inspected            404 404 404 404 404 404 200 200
inspections:worker        -                    200 200 200 200 200 200 200 200
inspections:mark          subject+criterion    405 405 405 405 405 405 405 405
inspections:photo         subject+criterion    405 405 405 405 405 405 405 405
inspections:picture       picture              404 404 404 404 404 404 200 200
inspections:strike_picture picture             405 405 405 405 405 405 405 405
inspections:find          inspected            405 405 405 405 405 405 405 405
inspections:finish        inspected            405 405 405 405 405 405 405 405
inspections:finding       finding              404 404 404 404 404 404 200 200
inspections:strike_finding finding             405 405 405 405 405 405 405 405
inspections:verified      finding              405 405 405 405 405 405 405 405
warnings:checks           -                    200 200 200 200 200 200 200 200
warnings:letter           -                    200 200 200 200 200 200 200 200
warnings:start            -                    404 302 404 404 302 302 302 302
warnings:index            cell                 404 404 404 404 200 200 200 200
"""
OPEN = {"account_login", "account_logout", "access:claim", "opening:setup", "access:language", "meetings:feed"}
OPEN |= {"reading:index", "reading:show", "reading:picture", "reading:rss", "reading:atom"}
OPEN |= {f"consultations:{name}" for name in ("slip", "box", "follow", "answers")}
"""What somebody who is not logged in may open; nothing else. A feed's secret address is its key, a slip's and a letter's
their code; what the public reads, and the suggestion box, are there only while the ward has opened them."""
LINES = [line.split() for line in MATRIX.strip().splitlines()]
EXPECTED = {name: (sample, dict(zip(ROLES, map(int, answers), strict=True))) for name, sample, *answers in LINES}


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for found in patterns:
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from names(found.url_patterns, inner)
        else:
            assert found.name, f"{found.pattern} has no name"
            yield f"{space}{found.name}"


ALL = sorted(names(get_resolver().url_patterns))


@pytest.fixture(scope="module")
def _files_in_a_folder_of_their_own(tmp_path_factory):
    """One folder for the whole module, in place of the one for each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "MEDIA_ROOT", tmp_path_factory.mktemp("files"))
        patch.setattr(live, "DATA", tmp_path_factory.mktemp("data"))
        yield


@pytest.fixture(scope="module")
def stage(ground, django_db_blocker, _files_in_a_folder_of_their_own) -> Iterator[Stage]:
    """One stage for the whole module; each test's own changes are rolled back onto it."""
    with django_db_blocker.unblock():
        ground.fall()
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_stage(build_world())
        transaction.set_rollback(True)


@pytest.fixture
def world(stage: Stage, db: None) -> World:
    """The world of the stage: there is only one."""
    return stage.world


def seat(stage: Stage, role: str, **options: object) -> Client:
    client = Client(**options)
    if role != "anonymous":
        client.force_login(stage.roles[role].user)
    return client


def address(stage: Stage, name: str) -> str:
    return reverse(name, args=stage.args[EXPECTED[name][0]])


def content(answer) -> str:
    """All that an answer says."""
    return text_of(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def text_of(body: bytes) -> str:
    """What a page or a file says, unpacked if it is a workbook, a document, an archive of them, or a PDF."""
    if body.startswith(b"%PDF") and len(body) > 200:
        pdf = pypdfium2.PdfDocument(body)
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(text_of(archive.read(name)) for name in archive.namelist())


def rows_of_all_tables() -> dict[str, int]:
    ours = [m for m in apps.get_models() if m.__module__.startswith("chibo.")]
    return {m._meta.label: m.objects.count() for m in ours} | {"changes": Change.objects.count()}


# --------------------------------------------------------------------------------------------- the matrix


SECOND = bool(os.environ.get("CHIBO_TEST_SECOND"))


def test_every_address_has_its_line() -> None:
    assert set(ALL) == set(EXPECTED) | OPEN, "give each new address a line in MATRIX"


@pytest.mark.skipif(not SECOND, reason="the walks answer it on the first")
@pytest.mark.parametrize("role", ["clerk", "secretary"])
def test_every_page_opens_on_a_second_database(stage: Stage, db: None, role: str) -> None:
    """Who may what is no question to a second database; whether the pages open there is."""
    client = seat(stage, role)
    found = {name: client.get(address(stage, name)).status_code for name in EXPECTED}
    assert found == {name: expected[role] for name, (_, expected) in EXPECTED.items()}


@pytest.mark.once
def test_nobody_gets_in_without_logging_in(stage: Stage, db: None) -> None:
    client = seat(stage, "anonymous")
    for name in EXPECTED:
        for method in (client.get, client.post):
            answer = method(address(stage, name))
            assert answer.status_code == 302, name
            assert answer.url.startswith("/account/login/"), name


@pytest.mark.once
@pytest.mark.parametrize("role", ["stranger", "other"])
def test_a_stranger_changes_nothing_by_post(stage: Stage, db: None, role: str) -> None:
    """What names a record is 404 (or 403) to people of elsewhere, whichever way they ask."""
    client, before = seat(stage, role), Entry.objects.count()
    for name, (sample, expected) in EXPECTED.items():
        with transaction.atomic():
            answer = client.post(address(stage, name), {"step": "confirm"})
            if expected[role] == 404:
                assert answer.status_code in {403, 404}, name
            if sample != "-":
                assert Entry.objects.count() == before, name
            transaction.set_rollback(True)


@pytest.mark.once
@pytest.mark.parametrize("role", ["secretary", "clerk"])
def test_no_post_passes_without_its_token(stage: Stage, db: None, role: str) -> None:
    before = Entry.objects.count()
    client = seat(stage, role, enforce_csrf_checks=True)
    for name in EXPECTED:
        assert client.post(address(stage, name)).status_code in {403, 404, 405}, name
    assert Entry.objects.count() == before


# ------------------------------------------------------------- what nobody else may read, and what people type


LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*|\?[^"#]*)"')
NUMBER = re.compile(r"(?<=/figures/)[a-z_]+\.[a-z_]+|\d[\d.q-]*")
ALIKE = 2
"""So many addresses of one shape are followed: two members, two months, two figures (the clerk asks for all)."""
SEARCHES = ("bui", SECRET, PHONE, "(((((a%2B)%2B", "'%22", "%25_", "31/12/2026", "99999999999999999999")


@dataclass
class Walk:
    """All that one person reached: what each address answered and said, which page led there, the cells of workbooks that
    a program would run."""

    answered: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    led_by: dict[str, str] = field(default_factory=dict)
    formulas: list[str] = field(default_factory=list)
    workbooks: int = 0

    def holding(self, *texts: str) -> list[str]:
        """The addresses that say one of these; what was searched for is said back, which tells nobody anything."""
        return [url for url, body in self.said.items() if "/search/" not in url and any(t in body for t in texts)]


WALKS: dict[tuple[int, str], Walk] = {}


def walk(stage: Stage, role: str) -> Walk:
    """Every page, list, workbook and file this person reaches, by its address and by following links; walked once."""
    made = WALKS.get((id(stage), role))
    if made is None:
        made = WALKS[id(stage), role] = _walk(stage, role)
    return made


def _walk(stage: Stage, role: str) -> Walk:
    client, made, seen = seat(stage, role), Walk(), Counter()
    waiting = [address(stage, name) for name in EXPECTED] + [f"/search/?q={words}" for words in SEARCHES]
    if role == "clerk":
        at = stage.args["cell+year"]
        waiting += [reverse("figures:figure", args=[figure.code, *at]) for figure in registry.each("figures")]
    while waiting:
        url = waiting.pop(0)
        if url in made.said:
            continue
        answer = client.get(url)
        assert answer.status_code in {200, 302, 403, 404, 405}, (url, answer.status_code)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        made.answered[url] = answer.status_code
        made.said[url] = text_of(body) if answer.status_code == 200 else ""
        if "spreadsheet" in answer.headers.get("Content-Type", ""):
            made.workbooks += 1
            made.formulas += [f"{url} {cell}" for cell in formulas_in(body)]
        for link in [answer.url] if answer.status_code == 302 else links_in(url, made.said[url]):
            path, asked, query = link.partition("?")
            shape = NUMBER.sub("#", path) + (query if query.startswith("format=") else asked)
            seen[shape] += 1
            if seen[shape] <= ALIKE:
                waiting.append(link)
                made.led_by.setdefault(link, url)
    return made


def links_in(url: str, body: str) -> list[str]:
    found = (html.unescape(link) for link in LINK.findall(body) if not link.startswith("/static/"))
    return [link if link.startswith("/") else url.partition("?")[0] + link for link in found]


def formulas_in(body: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(body)).active
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


EACH = pytest.mark.parametrize("role", [pytest.param(r, marks=pytest.mark.xdist_group(r)) for r in ROLES])
"""Whoever walks, walks once: all questions about a walk are asked by the same worker."""
READERS = {"owner", "secretary", "leader", "inspector"}
FILE_READERS = {"owner", "secretary", "leader", "clerk"}


@pytest.mark.once
@EACH
def test_every_address_answers_each_person_as_expected(stage: Stage, db: None, role: str) -> None:
    answered = walk(stage, role).answered
    found = {name: answered[address(stage, name)] for name in EXPECTED}
    wanted = {name: expected[role] for name, (_, expected) in EXPECTED.items()}
    if role == "owner" and stage.plan.campaign.year < localdate().year:
        wanted["plans:mine"] = 200  # in January nobody has a plan of the new year to be led to
    assert found == wanted


@pytest.mark.once
@EACH
def test_plan_texts_and_personal_facts_reach_only_whom_the_charter_names(stage: Stage, db: None, role: str) -> None:
    """The clerk runs the register and never reads a plan; the inspector reads plans and never a personal file."""
    before = rows_of_all_tables()
    walked = walk(stage, role)
    assert len(walked.said) > 60
    assert bool(walked.holding(SECRET)) == (role in READERS), walked.holding(SECRET)
    assert bool(walked.holding(*BIRTH_TEXTS)) == (role in FILE_READERS), walked.holding(*BIRTH_TEXTS)
    assert bool(walked.holding(PHONE)) == (role in FILE_READERS), walked.holding(PHONE)
    assert walked.holding(CITIZEN) == []
    assert rows_of_all_tables() == before, "a GET changed a row"


@pytest.mark.once
@EACH
def test_what_people_type_is_never_taken_for_markup_or_for_a_formula(stage: Stage, db: None, role: str) -> None:
    """Every free text on the stage begins with ``=HYPERLINK(…)`` and ends with a script."""
    walked = walk(stage, role)
    assert len(walked.holding("&lt;script&gt;alert(1)")) > (
        10 if role not in {"stranger", "colleague", "other"} else 3
    )
    assert [url for url, body in walked.said.items() if "<script>alert" in body] == []
    assert walked.formulas == []
    assert walked.workbooks > (5 if role in {"secretary", "clerk", "leader", "inspector"} else -1)


@pytest.mark.once
@EACH
def test_no_page_leads_where_one_may_not_go_and_each_has_one_main_button(stage: Stage, db: None, role: str) -> None:
    walked = walk(stage, role)
    shut = {url: page for url, page in walked.led_by.items() if walked.answered[url] in {403, 404}}
    assert shut == {}
    mains = {
        url: body.partition("<main")[2].partition("</main>")[0].count("button-main")
        for url, body in walked.said.items()
    }
    assert {url: n for url, n in mains.items() if n > 1} == {}


def test_only_who_keeps_the_register_reveals_a_citizen_number_and_the_journal_says_so(stage: Stage, db: None) -> None:
    url = address(stage, "members:reveal")
    for role in ROLES:
        before = Entry.objects.count()
        answer = seat(stage, role).post(url)
        assert (CITIZEN in content(answer)) == (role == "clerk"), role
        assert Entry.objects.count() == before + (role == "clerk")
    assert CITIZEN not in str(list(Change.objects.values_list("old", "new")))
    assert CITIZEN not in str(list(Entry.objects.values_list("details", "subject_label")))


NOT_TOLD = {
    "consultations.Subject", "consultations.Invitee",  # who asks whom about whom is not told
    "inspections.TeamMember", "inspections.Subject", "inspections.Answer", "inspections.Visit",  # nor before it is announced
    "access.User", "warnings.Digest",  # their account, which every journal of theirs holds, and its weekly letter
}  # fmt: skip
"""Records about one person of which the journal does not tell that person (docs/adr/0151)."""
ABOUT_ONE = {model._meta.label: model for model in apps.get_models() if getattr(model, "owner", "")}


def test_of_each_record_about_one_person_it_is_decided_whether_the_journal_tells_them() -> None:
    assert {label for label, model in ABOUT_ONE.items() if not getattr(model, "told_to_owner", False)} == NOT_TOLD


@pytest.mark.parametrize("label", sorted(ABOUT_ONE.keys() - NOT_TOLD))
def test_a_member_reads_what_was_done_to_each_kind_of_record_of_theirs_and_nobody_else_does(
    stage: Stage, db: None, label: str
) -> None:
    model, bystander = ABOUT_ONE[label], stage.roles["colleague"]
    kind, path = model._meta.label_lower, model.owner.replace(".", "__")
    written = Change.objects.filter(table_name=model._meta.db_table).exclude(entry_key="")
    rows = model._base_manager.filter(**{f"{path}__isnull": False}, pk__in=[one.row_id for one in written])
    row, user = rows.order_by("pk").values_list("pk", path).first() or pytest.fail("the stage shows no such record")
    lines = Entry.objects.filter(key__in=written.filter(row_id=row).values("entry_key"))
    told = journal_for(Actor(User.objects.get(pk=user))).filter(key__in=lines.values("key"))
    assert {one.key for one in lines} == {one.key for one in told} != set()
    assert not journal_for(bystander).filter(subject=f"{kind}:{row}").exists()
    assert not {one.subject.partition(":")[0] for one in told} & {label.lower() for label in NOT_TOLD}


@pytest.mark.parametrize(("post", "reads"), [(Post.CELL_COMMITTEE, True), (Post.FOLLOWER, False)])
def test_a_committee_member_and_a_follower_read_no_personal_file(
    stage: Stage, db: None, post: Post, reads: bool
) -> None:
    stage.roles[post] = stage.world.actor(post, stage.world.cell5, f"Thêm {post}")
    client, said = seat(stage, post), ""
    for name in (
        "members:member",
        "members:index",
        "members:amend",
        "plans:plan",
        "plans:docx",
        "plans:pdf",
        "meetings:minutes",
        "desk:book",
    ):
        said += content(client.get(address(stage, name)))
    assert (SECRET in said) == reads
    assert not any(text in said for text in (PHONE, CITIZEN, *BIRTH_TEXTS))


# --------------------------------------------------------------------------------------- every answer


@pytest.mark.parametrize(
    "name", ["desk:home", "plans:plan", "imports:show", "plans:docx", "account_login", "units:rename"]
)
def test_every_answer_carries_its_guards(stage: Stage, db: None, name: str) -> None:
    behind = name in EXPECTED
    role = "owner" if name.startswith("plans") else "clerk" if behind else "anonymous"
    answer = seat(stage, role).get(address(stage, name) if behind else reverse(name))
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    for rule in (
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "default-src 'self'",
    ):
        assert rule in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    if behind:
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.once
@pytest.mark.xdist_group("secretary")
def test_no_page_needs_what_the_policy_forbids(stage: Stage, db: None) -> None:
    """No inline script, no inline style, no handler in an attribute, nothing from another host."""
    for url, body in walk(stage, "secretary").said.items():
        if not body.lstrip().startswith("<!"):
            continue
        assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", body), url
        assert not re.search(r"<style|\sstyle=|\son(?:click|change|load|submit|input)=|javascript:", body), url
        assert not re.search(r'(?:src|action)="(?:https?:)?//', body), url


def test_refusals_and_mistakes_carry_the_guards_too(stage: Stage, db: None) -> None:
    client = seat(stage, "clerk", raise_request_exception=False)
    for url in ("/khong-co/", address(stage, "meetings:convene"), "/figures/khong.co/1/2026/"):
        answer = client.get(url)
        assert answer.status_code in {403, 404}
        assert "Traceback" not in content(answer)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


# --------------------------------------------------------------------------------------------- the door


@pytest.fixture
def door(world: World, settings) -> Client:
    """Somebody with an account of the product's own hash, before the door."""
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    cache.clear()
    user = world.clerk.user
    user.set_password("mot cau de nho 12")
    user.save()
    return Client()


def log_in(client: Client, name: str, password: str, **more: str):
    return client.post(reverse("account_login"), {"login": name, "password": password, **more})


def test_passwords_are_kept_as_argon2id() -> None:
    assert product.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    with override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        assert make_password("một câu dễ nhớ").startswith("argon2$argon2id$")


def test_the_session_gets_a_new_number_at_log_in(door: Client, world: World) -> None:
    door.get(reverse("account_login"))
    session = door.session
    session["seen"] = 1
    session.save()
    before = door.session.session_key
    assert log_in(door, world.clerk.user.username, "mot cau de nho 12").status_code == 302
    assert door.session.session_key != before


def test_the_door_leads_to_no_other_host(door: Client, world: World) -> None:
    for place in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "https:evil.example"):
        answer = log_in(Client(), world.clerk.user.username, "mot cau de nho 12", next=place)
        assert answer.status_code in {200, 302, 400}
        assert "evil" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")
    client = Client()
    client.force_login(world.clerk.user)
    for name in ("access:appearance", "access:language"):
        answer = client.post(reverse(name), {"next": "//evil.example/", "language": "vi", "large_type": "1"})
        assert answer.url == "/"


def test_guessing_is_slowed_down_and_says_nothing(door: Client, world: World) -> None:
    """What is wrong of name and password is not said; after some failures the door stays shut for a while."""
    unknown = content(log_in(Client(), "khong.co.ai", "sai mat khau 1"))
    known = content(log_in(Client(), world.clerk.user.username, "sai mat khau 1"))
    wrong = "Tên đăng nhập hoặc mật khẩu chưa đúng."
    assert wrong in unknown
    assert wrong in known
    for _ in range(12):
        answer = log_in(door, world.clerk.user.username, "sai mat khau 1")
    shut = log_in(door, world.clerk.user.username, "mot cau de nho 12")
    assert shut.status_code in {200, 429}
    assert "_auth_user_id" not in door.session
    assert answer.status_code in {200, 429}
    cache.clear()


def test_a_forged_address_opens_no_door(door: Client, world: World) -> None:
    for n in range(14):
        door.post(
            reverse("account_login"), {"login": world.clerk.user.username, "password": "sai"},
            headers={"X-Forwarded-For": f"10.0.0.{n}"},
        )  # fmt: skip
    log_in(door, world.clerk.user.username, "mot cau de nho 12")
    assert "_auth_user_id" not in door.session
    cache.clear()


def test_closing_an_account_ends_its_sessions_at_once(world: World) -> None:
    client, user = Client(), world.clerk.user
    client.force_login(user)
    assert client.get("/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/").status_code == 302


def test_a_post_that_ended_yesterday_opens_nothing(world: World) -> None:
    user = world.secretary.user
    assert actor_of(user).may(Can.READ_PLANS, world.cell5)
    user.grants.update(valid_to=LONG_AGO)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("meetings:index", args=[world.cell5.pk, "2026"])).status_code == 404


def test_the_product_ships_safe_settings() -> None:
    assert not product.DEBUG
    assert product.SESSION_COOKIE_HTTPONLY
    assert product.SESSION_COOKIE_SAMESITE == "Lax"
    assert product.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"]["min_length"] >= 10
    assert product.SESSION_COOKIE_AGE <= 12 * 3600
    assert getattr(product, "JOURNAL_GUARDED", True)
