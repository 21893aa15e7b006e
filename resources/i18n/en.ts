<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
  <context>
    <name>Acting</name>
    <message>
      <source>{n}件</source>
      <translation>{n} cases</translation>
    </message>
    <message>
      <source>{what}：办了{n}件</source>
      <translation>{what}: {n} done</translation>
    </message>
    <message>
      <source>{which} {prompt}，回车存入，Esc 放下</source>
      <translation>{which} {prompt}: Enter to keep, Esc to leave</translation>
    </message>
    <message>
      <source>没有单位叫“{typed}”，会当作文字</source>
      <translation>No unit is called “{typed}”; it stays text</translation>
    </message>
    <message>
      <source>，{n}件未办，Ctrl+E 看原因</source>
      <translation>, {n} not done, Ctrl+E says why</translation>
    </message>
  </context>
  <context>
    <name>Actions</name>
    <message>
      <source>上一级辖区</source>
      <translation>Area above</translation>
    </message>
    <message>
      <source>下一件超期</source>
      <translation>Next overdue</translation>
    </message>
    <message>
      <source>会外紧急布置</source>
      <translation>Hand down urgently</translation>
    </message>
    <message>
      <source>催办选中的案件</source>
      <translation>Urge the selected case</translation>
    </message>
    <message>
      <source>全部在办案件</source>
      <translation>All open cases</translation>
    </message>
    <message>
      <source>全部按键</source>
      <translation>All keys</translation>
    </message>
    <message>
      <source>办结选中的案件</source>
      <translation>Close the selected case</translation>
    </message>
    <message>
      <source>加协办单位</source>
      <translation>Add an assisting unit</translation>
    </message>
    <message>
      <source>发核实</source>
      <translation>Sent to verify</translation>
    </message>
    <message>
      <source>发核查、核查通过</source>
      <translation>Send for check, pass check</translation>
    </message>
    <message>
      <source>受理立案</source>
      <translation>Accept and file</translation>
    </message>
    <message>
      <source>吹哨，叫单位到场</source>
      <translation>Whistle units to the spot</translation>
    </message>
    <message>
      <source>周例会</source>
      <translation>Meeting</translation>
    </message>
    <message>
      <source>图层</source>
      <translation>Layers</translation>
    </message>
    <message>
      <source>在地图上找选中的案件</source>
      <translation>Find the selected case on the map</translation>
    </message>
    <message>
      <source>声音检查</source>
      <translation>Sound check</translation>
    </message>
    <message>
      <source>并案</source>
      <translation>Merged</translation>
    </message>
    <message>
      <source>强制结案</source>
      <translation>Closed by force</translation>
    </message>
    <message>
      <source>打开选中的案件</source>
      <translation>Open the selected case</translation>
    </message>
    <message>
      <source>批复或提出申请</source>
      <translation>Answer or make a request</translation>
    </message>
    <message>
      <source>报警</source>
      <translation>Alarms</translation>
    </message>
    <message>
      <source>报进展</source>
      <translation>Report progress</translation>
    </message>
    <message>
      <source>换深浅配色</source>
      <translation>Switch dark and light</translation>
    </message>
    <message>
      <source>提任务</source>
      <translation>Propose</translation>
    </message>
    <message>
      <source>提到本单位的案件</source>
      <translation>Cases asked of this unit</translation>
    </message>
    <message>
      <source>搁置报警</source>
      <translation>Shelve the alarm</translation>
    </message>
    <message>
      <source>撤销上一条指令</source>
      <translation>Undo the last command</translation>
    </message>
    <message>
      <source>改派选中的案件</source>
      <translation>Re-route the selected case</translation>
    </message>
    <message>
      <source>本机指令</source>
      <translation>My commands</translation>
    </message>
    <message>
      <source>案卷、督办单出纸</source>
      <translation>Case file and supervision order on paper</translation>
    </message>
    <message>
      <source>派遣选中的案件</source>
      <translation>Dispatch the selected case</translation>
    </message>
    <message>
      <source>由选中的案件提任务</source>
      <translation>Propose a task from the case</translation>
    </message>
    <message>
      <source>登记新案件</source>
      <translation>Register a case</translation>
    </message>
    <message>
      <source>看今日办结</source>
      <translation>Show closed today</translation>
    </message>
    <message>
      <source>看今日受理</source>
      <translation>Show accepted today</translation>
    </message>
    <message>
      <source>看待受理</source>
      <translation>Show intake</translation>
    </message>
    <message>
      <source>看待核查</source>
      <translation>Show checks</translation>
    </message>
    <message>
      <source>看待派遣</source>
      <translation>Show dispatch</translation>
    </message>
    <message>
      <source>看选中案件的照片</source>
      <translation>See the selected case's photos</translation>
    </message>
    <message>
      <source>督办，要求回复</source>
      <translation>Supervise, reply wanted</translation>
    </message>
    <message>
      <source>确认报警</source>
      <translation>Acknowledge the alarm</translation>
    </message>
    <message>
      <source>立即重连</source>
      <translation>Retry now</translation>
    </message>
    <message>
      <source>筛选案件</source>
      <translation>Filter cases</translation>
    </message>
    <message>
      <source>给选中的案件写备注</source>
      <translation>Write a note to the selected case</translation>
    </message>
    <message>
      <source>给选中的案件加照片</source>
      <translation>Add photos to the selected case</translation>
    </message>
    <message>
      <source>设置</source>
      <translation>Settings</translation>
    </message>
    <message>
      <source>退回选中的案件</source>
      <translation>Send the selected case back</translation>
    </message>
    <message>
      <source>问题池</source>
      <translation>Problem pool</translation>
    </message>
    <message>
      <source>静音2分钟</source>
      <translation>Mute for 2 minutes</translation>
    </message>
  </context>
  <context>
    <name>AlarmAsking</name>
    <message>
      <source>{n}分钟</source>
      <translation>{n} minutes</translation>
    </message>
    <message>
      <source>{title}，回车存入，Esc 放下</source>
      <translation>{title}. Enter keeps it, Esc leaves</translation>
    </message>
    <message>
      <source>为何搁置</source>
      <translation>Why shelve it</translation>
    </message>
    <message>
      <source>为何驳回</source>
      <translation>Why dismiss it</translation>
    </message>
    <message>
      <source>写明原因</source>
      <translation>Write the reason</translation>
    </message>
    <message>
      <source>搁置多久：{what}</source>
      <translation>Shelve for how long: {what}</translation>
    </message>
  </context>
  <context>
    <name>AlarmDetail</name>
    <message>
      <source>经过</source>
      <translation>History</translation>
    </message>
  </context>
  <context>
    <name>AlarmLine</name>
    <message>
      <source>搁置</source>
      <translation>Shelve</translation>
    </message>
    <message>
      <source>确认</source>
      <translation>Ack</translation>
    </message>
  </context>
  <context>
    <name>AlarmSheet</name>
    <message>
      <source>{n}条</source>
      <translation>{n}</translation>
    </message>
    <message>
      <source>{n}条（目标{aim}条以内，超过{most}条要在周会上说明）</source>
      <translation>{n} (aim: at most {aim}; above {most} the weekly meeting has to look at it)</translation>
    </message>
    <message>
      <source>{text}。报警潮中，一般级静音，逐条留存</source>
      <translation>{text}. Alarm flood: ordinary ones are silent, every one is kept</translation>
    </message>
    <message>
      <source>一周内的条数</source>
      <translation>alarms in a week</translation>
    </message>
    <message>
      <source>一天内</source>
      <translation>Last day</translation>
    </message>
    <message>
      <source>一天内没有报警</source>
      <translation>No alarms in the last day</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>占{n}%，{aim}</source>
      <translation>{n}% of all, {aim}</translation>
    </message>
    <message>
      <source>在报</source>
      <translation>Active</translation>
    </message>
    <message>
      <source>展开</source>
      <translation>Expand</translation>
    </message>
    <message>
      <source>属实，立件</source>
      <translation>True: make a case</translation>
    </message>
    <message>
      <source>已搁置</source>
      <translation>Shelved</translation>
    </message>
    <message>
      <source>恢复</source>
      <translation>Resumed</translation>
    </message>
    <message>
      <source>打开案件</source>
      <translation>Open the case</translation>
    </message>
    <message>
      <source>报警</source>
      <translation>Alarms</translation>
    </message>
    <message>
      <source>搁置</source>
      <translation>Shelve</translation>
    </message>
    <message>
      <source>收起</source>
      <translation>Put away</translation>
    </message>
    <message>
      <source>数据中断自己会消除，不用搁置</source>
      <translation>A lost feed ends by itself and need not be shelved</translation>
    </message>
    <message>
      <source>最吵的来源</source>
      <translation>Noisiest sources</translation>
    </message>
    <message>
      <source>未确认{n}，搁置{m}</source>
      <translation>{n} unacknowledged, {m} shelved</translation>
    </message>
    <message>
      <source>每人每小时</source>
      <translation>Per operator-hour</translation>
    </message>
    <message>
      <source>没有在报的报警</source>
      <translation>No active alarms</translation>
    </message>
    <message>
      <source>没有搁置的报警</source>
      <translation>Nothing is shelved</translation>
    </message>
    <message>
      <source>特急不能搁置</source>
      <translation>A critical alarm cannot be shelved</translation>
    </message>
    <message>
      <source>目标15%以内</source>
      <translation>aim: at most 15%</translation>
    </message>
    <message>
      <source>目标5%以内</source>
      <translation>aim: at most 5%</translation>
    </message>
    <message>
      <source>目标约80%</source>
      <translation>aim: about 80%</translation>
    </message>
    <message>
      <source>确认</source>
      <translation>Acknowledge</translation>
    </message>
    <message>
      <source>结论</source>
      <translation>Finding</translation>
    </message>
    <message>
      <source>负荷</source>
      <translation>Load</translation>
    </message>
    <message>
      <source>超过上限，按下面的来源逐个治理</source>
      <translation>Over the limit: deal with the sources below one by one</translation>
    </message>
    <message>
      <source>驳回</source>
      <translation>Dismiss</translation>
    </message>
  </context>
  <context>
    <name>AlarmTypes</name>
    <message>
      <source>AI识别</source>
      <translation>AI recognition</translation>
    </message>
    <message>
      <source>上报的类别属特急：燃气泄漏、电梯困人、爆管等</source>
      <translation>A report in a critical class: gas leak, people in a lift, burst main …</translation>
    </message>
    <message>
      <source>上报的类别属紧急：线路漏电、井盖缺失、路面塌陷等</source>
      <translation>A report in an urgent class: live wire, missing manhole cover, sunken road …</translation>
    </message>
    <message>
      <source>与服务器的连接断开</source>
      <translation>The connection to the server is broken</translation>
    </message>
    <message>
      <source>值班员</source>
      <translation>Operator</translation>
    </message>
    <message>
      <source>催办或改派</source>
      <translation>Remind the unit or send it to another</translation>
    </message>
    <message>
      <source>办理本环节，或催办、督办</source>
      <translation>Do this step, remind or supervise</translation>
    </message>
    <message>
      <source>受理并派遣，必要时吹哨</source>
      <translation>File and dispatch; call units to the spot if needed</translation>
    </message>
    <message>
      <source>可能伤人或停用公共设施</source>
      <translation>People may be hurt or a public facility fail</translation>
    </message>
    <message>
      <source>可能危及人身安全</source>
      <translation>Lives may be in danger</translation>
    </message>
    <message>
      <source>各处灯色停在断开时，新案件看不到</source>
      <translation>Lamps stand as they were; new cases are not seen</translation>
    </message>
    <message>
      <source>吹哨未报到</source>
      <translation>Did not report in</translation>
    </message>
    <message>
      <source>处置时限已在走，可能超期</source>
      <translation>The handling limit is running and may be missed</translation>
    </message>
    <message>
      <source>承办单位到签收时限没有签收</source>
      <translation>The unit has not signed within its limit</translation>
    </message>
    <message>
      <source>数据中断</source>
      <translation>Feed lost</translation>
    </message>
    <message>
      <source>未经人看过，既可能是真，也可能是误报</source>
      <translation>Nobody has looked at it: it may be true or false</translation>
    </message>
    <message>
      <source>案件的当前环节过了时限</source>
      <translation>The case's present step is past its limit</translation>
    </message>
    <message>
      <source>检查网络；照常办理，指令连上后自动送出</source>
      <translation>Check the network; go on working, commands leave when it is back</translation>
    </message>
    <message>
      <source>派遣未签收</source>
      <translation>Not signed for</translation>
    </message>
    <message>
      <source>特急上报</source>
      <translation>Critical report</translation>
    </message>
    <message>
      <source>环节超期</source>
      <translation>Step overdue</translation>
    </message>
    <message>
      <source>现场缺人，处置停下</source>
      <translation>People are missing on the spot and work stops</translation>
    </message>
    <message>
      <source>电话催促；仍不到的报值班长另派</source>
      <translation>Phone them; if they still do not come, tell the shift leader</translation>
    </message>
    <message>
      <source>看画面：属实则确认立件，不是则写明原因驳回</source>
      <translation>Look at the picture: confirm it as a case, or dismiss it with a reason</translation>
    </message>
    <message>
      <source>立即派遣并电话通知应急单位，向值班长报告</source>
      <translation>Dispatch at once, phone the emergency unit, tell the shift leader</translation>
    </message>
    <message>
      <source>紧急上报</source>
      <translation>Urgent report</translation>
    </message>
    <message>
      <source>被叫单位到时限没有报到</source>
      <translation>A unit that was called has not reported in</translation>
    </message>
    <message>
      <source>视频识别出疑似问题</source>
      <translation>A camera has recognised what may be a problem</translation>
    </message>
    <message>
      <source>计入超期，诉求人在等</source>
      <translation>It counts as overdue and someone is waiting</translation>
    </message>
  </context>
  <context>
    <name>AlarmWords</name>
    <message>
      <source>{n}分钟，{why}</source>
      <translation>{n} min, {why}</translation>
    </message>
    <message>
      <source>{time} 恢复</source>
      <translation>back at {time}</translation>
    </message>
    <message>
      <source>{time}，已过{left}</source>
      <translation>{time}, {left} past</translation>
    </message>
    <message>
      <source>{time}，还有{left}</source>
      <translation>{time}, {left} left</translation>
    </message>
    <message>
      <source>一般</source>
      <translation>Ordinary</translation>
    </message>
    <message>
      <source>保持结束</source>
      <translation>Hold ended</translation>
    </message>
    <message>
      <source>到何时</source>
      <translation>Until</translation>
    </message>
    <message>
      <source>原因</source>
      <translation>Cause</translation>
    </message>
    <message>
      <source>原因消除</source>
      <translation>Cause gone</translation>
    </message>
    <message>
      <source>反复{n}次</source>
      <translation>{n} times</translation>
    </message>
    <message>
      <source>反复，暂时保持</source>
      <translation>Chattering, held</translation>
    </message>
    <message>
      <source>同源{n}条</source>
      <translation>{n} alike</translation>
    </message>
    <message>
      <source>后果</source>
      <translation>Consequence</translation>
    </message>
    <message>
      <source>属实，立件</source>
      <translation>True: made a case</translation>
    </message>
    <message>
      <source>已恢复未确认</source>
      <translation>Gone, unacknowledged</translation>
    </message>
    <message>
      <source>已搁置</source>
      <translation>Shelved</translation>
    </message>
    <message>
      <source>已确认</source>
      <translation>Acked</translation>
    </message>
    <message>
      <source>已结束</source>
      <translation>Ended</translation>
    </message>
    <message>
      <source>已转值班长</source>
      <translation>with the shift leader</translation>
    </message>
    <message>
      <source>怎么办</source>
      <translation>What to do</translation>
    </message>
    <message>
      <source>把握</source>
      <translation>Confidence</translation>
    </message>
    <message>
      <source>报警</source>
      <translation>Raised</translation>
    </message>
    <message>
      <source>报警不在您的辖区</source>
      <translation>The alarm is outside your area</translation>
    </message>
    <message>
      <source>搁置</source>
      <translation>Shelved</translation>
    </message>
    <message>
      <source>搁置到时，恢复</source>
      <translation>Back from the shelf</translation>
    </message>
    <message>
      <source>无人确认，转值班长</source>
      <translation>Nobody acknowledged: to the shift leader</translation>
    </message>
    <message>
      <source>服务器上没有这条报警</source>
      <translation>The server has no such alarm</translation>
    </message>
    <message>
      <source>未确认</source>
      <translation>Unacked</translation>
    </message>
    <message>
      <source>特急</source>
      <translation>Critical</translation>
    </message>
    <message>
      <source>特急不能搁置，其余至多搁置60分钟</source>
      <translation>A critical alarm cannot be shelved, others for at most 60 minutes</translation>
    </message>
    <message>
      <source>确认</source>
      <translation>Acknowledged</translation>
    </message>
    <message>
      <source>第{n}次</source>
      <translation>time {n}</translation>
    </message>
    <message>
      <source>等候</source>
      <translation>Waiting</translation>
    </message>
    <message>
      <source>紧急</source>
      <translation>Urgent</translation>
    </message>
    <message>
      <source>谁来办</source>
      <translation>Who</translation>
    </message>
    <message>
      <source>这条报警已由别的席办过，或已经结束</source>
      <translation>Another desk has dealt with this alarm, or it has ended</translation>
    </message>
    <message>
      <source>限{time}</source>
      <translation>by {time}</translation>
    </message>
    <message>
      <source>驳回</source>
      <translation>Dismissed</translation>
    </message>
  </context>
  <context>
    <name>Alarms</name>
    <message>
      <source>已静音</source>
      <translation>Muted</translation>
    </message>
    <message>
      <source>报警潮</source>
      <translation>Alarm flood</translation>
    </message>
    <message>
      <source>报警：特急{a}，紧急{b}，一般{c}，搁置{d}</source>
      <translation>Alarms: {a} critical, {b} urgent, {c} ordinary, {d} shelved</translation>
    </message>
    <message>
      <source>搁置{n}</source>
      <translation>{n} shelved</translation>
    </message>
  </context>
  <context>
    <name>App</name>
    <message>
      <source>与服务器差{n}秒</source>
      <translation>{n} s off the server's</translation>
    </message>
    <message>
      <source>已连通 {n}毫秒</source>
      <translation>reached in {n} ms</translation>
    </message>
    <message>
      <source>服务器</source>
      <translation>Server</translation>
    </message>
    <message>
      <source>本机时钟</source>
      <translation>This clock</translation>
    </message>
    <message>
      <source>辖区数据</source>
      <translation>Site data</translation>
    </message>
  </context>
  <context>
    <name>AssignmentsView</name>
    <message>
      <source>{title} 办到几成</source>
      <translation>How much of {title} is done</translation>
    </message>
    <message>
      <source>{title} 延到哪天</source>
      <translation>{title}: until which day</translation>
    </message>
    <message>
      <source>上下</source>
      <translation>move</translation>
    </message>
    <message>
      <source>为何要延时，回车提交，Esc 放下</source>
      <translation>Why more time is needed; Enter asks, Esc leaves it</translation>
    </message>
    <message>
      <source>会上发布给本地的任务会到这里，断网时也能签收和回报。</source>
      <translation>Tasks published to this place arrive here; they can be signed for and reported on offline too.</translation>
    </message>
    <message>
      <source>分解</source>
      <translation>Split</translation>
    </message>
    <message>
      <source>回报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>延到{date} {day}</source>
      <translation>Until {date} {day}</translation>
    </message>
    <message>
      <source>待签收{s} 办理中{n} 超期{o}</source>
      <translation>to sign {s}, in hand {n}, overdue {o}</translation>
    </message>
    <message>
      <source>打开</source>
      <translation>Open</translation>
    </message>
    <message>
      <source>本地任务</source>
      <translation>Local tasks</translation>
    </message>
    <message>
      <source>没有布置到本地的任务</source>
      <translation>No task was given to this place</translation>
    </message>
    <message>
      <source>申请延时</source>
      <translation>Ask for time</translation>
    </message>
    <message>
      <source>签收</source>
      <translation>Sign</translation>
    </message>
    <message>
      <source>进度</source>
      <translation>Progress</translation>
    </message>
    <message>
      <source>退回下级</source>
      <translation>Send back below</translation>
    </message>
    <message>
      <source>验收下级</source>
      <translation>Accept below</translation>
    </message>
  </context>
  <context>
    <name>BoardPapers</name>
    <message>
      <source>{place}指挥中心</source>
      <translation>{place} Command Centre</translation>
    </message>
    <message>
      <source>任务清单</source>
      <translation>Tasks</translation>
    </message>
    <message>
      <source>会议纪要</source>
      <translation>Minutes</translation>
    </message>
    <message>
      <source>出纸</source>
      <translation>On paper</translation>
    </message>
    <message>
      <source>打印</source>
      <translation>Print</translation>
    </message>
  </context>
  <context>
    <name>BoardRows</name>
    <message>
      <source>{n}个收件方</source>
      <translation>{n} recipients</translation>
    </message>
    <message>
      <source>{n}个收件方要延时</source>
      <translation>{n} ask for time</translation>
    </message>
    <message>
      <source>{n}分</source>
      <translation>{n} min</translation>
    </message>
    <message>
      <source>{time}发出</source>
      <translation>goes out {time}</translation>
    </message>
    <message>
      <source>{who} {time}签收</source>
      <translation>{who} signed {time}</translation>
    </message>
    <message>
      <source>、</source>
      <translation>, </translation>
    </message>
    <message>
      <source>会外紧急</source>
      <translation>Urgent, no meeting</translation>
    </message>
    <message>
      <source>剩 {t}</source>
      <translation>{t}</translation>
    </message>
    <message>
      <source>拟{date}</source>
      <translation>plan {date}</translation>
    </message>
    <message>
      <source>收件方已撤并，请转交</source>
      <translation>recipient merged away, please hand over</translation>
    </message>
    <message>
      <source>治理中心</source>
      <translation>Centre</translation>
    </message>
    <message>
      <source>清单外</source>
      <translation>Off the lists</translation>
    </message>
    <message>
      <source>申请延到{date}：{why}</source>
      <translation>asks until {date}: {why}</translation>
    </message>
    <message>
      <source>确认发布</source>
      <translation>Publish</translation>
    </message>
    <message>
      <source>第{n}周</source>
      <translation>Week {n}</translation>
    </message>
    <message>
      <source>第{n}周 {date} {day}</source>
      <translation>Week {n}, {date} {day}</translation>
    </message>
    <message>
      <source>结转{n}次</source>
      <translation>carried over {n}×</translation>
    </message>
    <message>
      <source>超 {t}</source>
      <translation>+{t}</translation>
    </message>
    <message>
      <source>超期{n}日</source>
      <translation>overdue {n} d</translation>
    </message>
    <message>
      <source>超期{n}时</source>
      <translation>overdue {n} h</translation>
    </message>
    <message>
      <source>附件{n}</source>
      <translation>Files {n}</translation>
    </message>
    <message>
      <source>限{time}</source>
      <translation>by {time}</translation>
    </message>
  </context>
  <context>
    <name>BurdenForm</name>
    <message>
      <source>8小时外消息</source>
      <translation>After-hours messages</translation>
    </message>
    <message>
      <source>{what}要填数</source>
      <translation>{what} needs a number</translation>
    </message>
    <message>
      <source>今天</source>
      <translation>Today</translation>
    </message>
    <message>
      <source>会议</source>
      <translation>Meeting</translation>
    </message>
    <message>
      <source>党委（市委）</source>
      <translation>Party committee</translation>
    </message>
    <message>
      <source>其他</source>
      <translation>Others</translation>
    </message>
    <message>
      <source>写名称，以后查得到</source>
      <translation>Write a name, so that it can be found</translation>
    </message>
    <message>
      <source>写日期和几点，如 3-16 和 9:00</source>
      <translation>Give day and time, such as 3-16 and 9:00</translation>
    </message>
    <message>
      <source>几人参会</source>
      <translation>Attendees</translation>
    </message>
    <message>
      <source>几件</source>
      <translation>How many</translation>
    </message>
    <message>
      <source>几点</source>
      <translation>Time</translation>
    </message>
    <message>
      <source>发文</source>
      <translation>Document</translation>
    </message>
    <message>
      <source>台账</source>
      <translation>Account</translation>
    </message>
    <message>
      <source>名称</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>如 3-16</source>
      <translation>such as 3-16</translation>
    </message>
    <message>
      <source>开了几分钟</source>
      <translation>Minutes held</translation>
    </message>
    <message>
      <source>政府</source>
      <translation>Government</translation>
    </message>
    <message>
      <source>数量</source>
      <translation>Amount</translation>
    </message>
    <message>
      <source>文号和标题、会议名称或消息大意</source>
      <translation>Number and title, meeting, or gist of the message</translation>
    </message>
    <message>
      <source>日期</source>
      <translation>Day</translation>
    </message>
    <message>
      <source>昨天</source>
      <translation>Yesterday</translation>
    </message>
    <message>
      <source>清理工作群</source>
      <translation>Chat groups closed</translation>
    </message>
    <message>
      <source>记下</source>
      <translation>Add line</translation>
    </message>
    <message>
      <source>记什么</source>
      <translation>What</translation>
    </message>
    <message>
      <source>记减负台账</source>
      <translation>Note in burden account</translation>
    </message>
    <message>
      <source>谁发的</source>
      <translation>From</translation>
    </message>
    <message>
      <source>还没有发生的不能记</source>
      <translation>What has not happened yet cannot be noted</translation>
    </message>
  </context>
  <context>
    <name>BurdenWords</name>
    <message>
      <source>8小时外消息</source>
      <translation>After hours</translation>
    </message>
    <message>
      <source>{body}会议</source>
      <translation>{body} meetings</translation>
    </message>
    <message>
      <source>{body}发文</source>
      <translation>{body} documents</translation>
    </message>
    <message>
      <source>会外布置</source>
      <translation>Outside meetings</translation>
    </message>
    <message>
      <source>会议</source>
      <translation>Meetings</translation>
    </message>
    <message>
      <source>会议分钟</source>
      <translation>Meeting time, min</translation>
    </message>
    <message>
      <source>党委</source>
      <translation>Party</translation>
    </message>
    <message>
      <source>参会人次</source>
      <translation>Attendances</translation>
    </message>
    <message>
      <source>市委</source>
      <translation>Party</translation>
    </message>
    <message>
      <source>市政府</source>
      <translation>Gov.</translation>
    </message>
    <message>
      <source>政府</source>
      <translation>Gov.</translation>
    </message>
    <message>
      <source>晚开会议</source>
      <translation>Began late</translation>
    </message>
    <message>
      <source>本月会外布置</source>
      <translation>Outside, this month</translation>
    </message>
    <message>
      <source>治理中心</source>
      <translation>Centre</translation>
    </message>
    <message>
      <source>清理工作群</source>
      <translation>Chat groups closed</translation>
    </message>
    <message>
      <source>超时会议</source>
      <translation>Over time</translation>
    </message>
  </context>
  <context>
    <name>Canvas</name>
    <message>
      <source>{name}等{n}处</source>
      <translation>{name} and others ({n})</translation>
    </message>
    <message>
      <source>{n}公里</source>
      <translation>{n} km</translation>
    </message>
    <message>
      <source>{n}米</source>
      <translation>{n} m</translation>
    </message>
    <message>
      <source>回到辖区</source>
      <translation>Back to the area</translation>
    </message>
    <message>
      <source>放大</source>
      <translation>Zoom in</translation>
    </message>
    <message>
      <source>没有网格数据</source>
      <translation>No grid data</translation>
    </message>
    <message>
      <source>示意网格，不作区划依据</source>
      <translation>Sketched grids, no proof of boundaries</translation>
    </message>
    <message>
      <source>示意网格，不作区划依据　边界：天地图</source>
      <translation>Sketched grids, no proof of boundaries · Tianditu</translation>
    </message>
    <message>
      <source>缩小</source>
      <translation>Zoom out</translation>
    </message>
  </context>
  <context>
    <name>CaseFacts</name>
    <message>
      <source>{t} 前报到</source>
      <translation>report in by {t}</translation>
    </message>
    <message>
      <source>{t} 前要回复</source>
      <translation>reply by {t}</translation>
    </message>
    <message>
      <source>{t} 已报到</source>
      <translation>reported in {t}</translation>
    </message>
    <message>
      <source>{unit} {t} 已回话</source>
      <translation>{unit} answered {t}</translation>
    </message>
    <message>
      <source>{unit} {t} 提到，未回话</source>
      <translation>{unit} asked {t}, no answer yet</translation>
    </message>
    <message>
      <source>{who}申请{what}：{why}</source>
      <translation>{who} asks for {what}: {why}</translation>
    </message>
    <message>
      <source>上报人</source>
      <translation>Reporter</translation>
    </message>
    <message>
      <source>主办</source>
      <translation>Lead</translation>
    </message>
    <message>
      <source>位置</source>
      <translation>Place</translation>
    </message>
    <message>
      <source>停表</source>
      <translation>Stopped</translation>
    </message>
    <message>
      <source>到期</source>
      <translation>Due</translation>
    </message>
    <message>
      <source>协办</source>
      <translation>Assisting</translation>
    </message>
    <message>
      <source>协助第{n}项 {text}</source>
      <translation>Assisting duty {n}: {text}</translation>
    </message>
    <message>
      <source>吹哨</source>
      <translation>Whistle</translation>
    </message>
    <message>
      <source>周任务</source>
      <translation>Week's tasks</translation>
    </message>
    <message>
      <source>层级</source>
      <translation>Level</translation>
    </message>
    <message>
      <source>并入</source>
      <translation>Merged</translation>
    </message>
    <message>
      <source>延期</source>
      <translation>Extended</translation>
    </message>
    <message>
      <source>成立，不计超时；超期的事实照记</source>
      <translation>Upheld, exempt; the overdue fact stays on record</translation>
    </message>
    <message>
      <source>挂账到</source>
      <translation>Suspended until</translation>
    </message>
    <message>
      <source>描述</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>提到</source>
      <translation>Mentioned</translation>
    </message>
    <message>
      <source>时限</source>
      <translation>Limit</translation>
    </message>
    <message>
      <source>未报到，已过 {t}</source>
      <translation>not reported in, {t} late</translation>
    </message>
    <message>
      <source>清单依据</source>
      <translation>Duty list</translation>
    </message>
    <message>
      <source>渠道</source>
      <translation>Channel</translation>
    </message>
    <message>
      <source>申诉</source>
      <translation>Appeal</translation>
    </message>
    <message>
      <source>督办</source>
      <translation>Supervise</translation>
    </message>
    <message>
      <source>立案条件</source>
      <translation>Filing condition</translation>
    </message>
    <message>
      <source>等批复</source>
      <translation>Waiting for answer</translation>
    </message>
    <message>
      <source>续计</source>
      <translation>Resumed</translation>
    </message>
    <message>
      <source>网格</source>
      <translation>Grid</translation>
    </message>
    <message>
      <source>起算</source>
      <translation>From</translation>
    </message>
    <message>
      <source>问题类别</source>
      <translation>Class</translation>
    </message>
    <message>
      <source>，已过 {t}</source>
      <translation>, {t} ago</translation>
    </message>
    <message>
      <source>；</source>
      <translation>; </translation>
    </message>
  </context>
  <context>
    <name>CaseView</name>
    <message>
      <source>{n}张</source>
      <translation>{n} photos</translation>
    </message>
    <message>
      <source>{n}张，{m}张已打码</source>
      <translation>{n}, {m} masked</translation>
    </message>
    <message>
      <source>三十天内没有相似案件</source>
      <translation>Nothing similar within thirty days</translation>
    </message>
    <message>
      <source>上一件</source>
      <translation>Previous</translation>
    </message>
    <message>
      <source>下一件</source>
      <translation>Next</translation>
    </message>
    <message>
      <source>为何此时到期</source>
      <translation>Why due then</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>加照片</source>
      <translation>Add photos</translation>
    </message>
    <message>
      <source>它由别处办理，或已移出本机能看的范围。要看的话，请值班长联系办理的街道或部门。</source>
      <translation>It is handled elsewhere, or has left what this desk may see. To look at it, have the shift leader call the street or department that handles it.</translation>
    </message>
    <message>
      <source>已用 {t}</source>
      <translation>{t} so far</translation>
    </message>
    <message>
      <source>待编号</source>
      <translation>No number yet</translation>
    </message>
    <message>
      <source>打开</source>
      <translation>Open</translation>
    </message>
    <message>
      <source>按地点、时间、文字</source>
      <translation>by place, time and words</translation>
    </message>
    <message>
      <source>案件要素</source>
      <translation>Facts</translation>
    </message>
    <message>
      <source>正在比对</source>
      <translation>Comparing</translation>
    </message>
    <message>
      <source>没有照片</source>
      <translation>No photos</translation>
    </message>
    <message>
      <source>流转</source>
      <translation>Flow</translation>
    </message>
    <message>
      <source>现场照片</source>
      <translation>Photos</translation>
    </message>
    <message>
      <source>相似与重复</source>
      <translation>Similar</translation>
    </message>
    <message>
      <source>返回</source>
      <translation>back</translation>
    </message>
    <message>
      <source>返工{n}</source>
      <translation>Rework {n}</translation>
    </message>
    <message>
      <source>这件案子不在你的辖区</source>
      <translation>This case is not in your area</translation>
    </message>
    <message>
      <source>重复{n}</source>
      <translation>Dup {n}</translation>
    </message>
  </context>
  <context>
    <name>Causes</name>
    <message>
      <source>{name}下有{n}类，按 L 展开，选定一类再提任务</source>
      <translation>{name} holds {n} classes: unfold it with L and choose one to propose a task</translation>
    </message>
    <message>
      <source>提任务由中心主任、值班长、派遣、一级网格长和部门经办人办理</source>
      <translation>Tasks are proposed by the centre's head, shift leaders, dispatchers, level-1 grid chiefs and handlers of units</translation>
    </message>
    <message>
      <source>看板上没有从{name}提出的任务</source>
      <translation>No task on the board came from {name}</translation>
    </message>
    <message>
      <source>起因的问题类别已不在类别表里</source>
      <translation>The class it came from is no longer in the table of classes</translation>
    </message>
  </context>
  <context>
    <name>ClassTree</name>
    <message>
      <source>{n}件</source>
      <translation>{n} cases</translation>
    </message>
    <message>
      <source>看板上{n}项任务</source>
      <translation>Tasks on the board: {n}</translation>
    </message>
    <message>
      <source>近8周 {share}</source>
      <translation>8 weeks {share}</translation>
    </message>
  </context>
  <context>
    <name>CopiedView</name>
    <message>
      <source>{n}项，知悉即可，由收件方签收和回报</source>
      <translation>{n}, for information; the recipients sign and report</translation>
    </message>
    <message>
      <source>上下</source>
      <translation>move</translation>
    </message>
    <message>
      <source>会上直达本地乡镇、村的任务抄送到这里，断网时也看得到。</source>
      <translation>Tasks that went straight to local townships and villages are copied here, offline too.</translation>
    </message>
    <message>
      <source>抄送本地</source>
      <translation>Copied here</translation>
    </message>
    <message>
      <source>未签收{n}</source>
      <translation>{n} not signed</translation>
    </message>
    <message>
      <source>没有抄送本地的任务</source>
      <translation>Nothing is copied here</translation>
    </message>
    <message>
      <source>直达本地{n}个</source>
      <translation>{n} recipients here</translation>
    </message>
    <message>
      <source>看收件方</source>
      <translation>See recipients</translation>
    </message>
    <message>
      <source>超期{n}</source>
      <translation>{n} overdue</translation>
    </message>
  </context>
  <context>
    <name>DepartmentsView</name>
    <message>
      <source>{name} 在办{n} 超期{late}</source>
      <translation>{name}: {n} open, {late} overdue</translation>
    </message>
    <message>
      <source>{name}的案件</source>
      <translation>Cases of {name}</translation>
    </message>
    <message>
      <source>{n} 个在册</source>
      <translation>{n} listed</translation>
    </message>
    <message>
      <source>{n}条指令，最早 {at}</source>
      <translation>{n} commands, the first at {at}</translation>
    </message>
    <message>
      <source>不派了</source>
      <translation>Leave</translation>
    </message>
    <message>
      <source>不能做</source>
      <translation>Not now</translation>
    </message>
    <message>
      <source>主办</source>
      <translation>Lead</translation>
    </message>
    <message>
      <source>主办 {unit}：{why}</source>
      <translation>Lead {unit}: {why}</translation>
    </message>
    <message>
      <source>协办</source>
      <translation>Assisting</translation>
    </message>
    <message>
      <source>受理、派遣、核查、备注、查本机案件</source>
      <translation>Accept, dispatch, check, note, look up cases on this machine</translation>
    </message>
    <message>
      <source>在岗</source>
      <translation>on post</translation>
    </message>
    <message>
      <source>外勤</source>
      <translation>in the field</translation>
    </message>
    <message>
      <source>按数字选单位，可选多个</source>
      <translation>Choose units by digit, several if needed</translation>
    </message>
    <message>
      <source>排队</source>
      <translation>Queued</translation>
    </message>
    <message>
      <source>无人值班</source>
      <translation>nobody on duty</translation>
    </message>
    <message>
      <source>没有可派的单位</source>
      <translation>No unit to dispatch to</translation>
    </message>
    <message>
      <source>没有等着发出的指令</source>
      <translation>No command waits to be sent</translation>
    </message>
    <message>
      <source>派遣</source>
      <translation>Dispatch</translation>
    </message>
    <message>
      <source>派遣可以照常下达，先存本机，联网后按顺序送出。</source>
      <translation>Dispatching goes on: commands are kept here and sent in order once the link is back.</translation>
    </message>
    <message>
      <source>派遣部门</source>
      <translation>Departments</translation>
    </message>
    <message>
      <source>电话可达</source>
      <translation>by phone</translation>
    </message>
    <message>
      <source>看它的案件</source>
      <translation>its cases</translation>
    </message>
    <message>
      <source>看部门实时负荷，取没看过的照片</source>
      <translation>See live loads; fetch photos not looked at before</translation>
    </message>
    <message>
      <source>第{n}次，{s}秒后再试</source>
      <translation>attempt {n}, again in {s} s</translation>
    </message>
    <message>
      <source>能做</source>
      <translation>Possible</translation>
    </message>
    <message>
      <source>自选</source>
      <translation>own choice</translation>
    </message>
    <message>
      <source>读不到部门负荷</source>
      <translation>Department loads cannot be read</translation>
    </message>
    <message>
      <source>负荷</source>
      <translation>Load</translation>
    </message>
    <message>
      <source>超期</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>近{days}天同类{total}件中{n}件归它</source>
      <translation>{n} of {total} such cases in {days} days went to it</translation>
    </message>
    <message>
      <source>返回</source>
      <translation>back</translation>
    </message>
    <message>
      <source>选单位</source>
      <translation>choose</translation>
    </message>
    <message>
      <source>部门与值班</source>
      <translation>Unit, on duty</translation>
    </message>
    <message>
      <source>部门负荷停在 {at}</source>
      <translation>Loads as of {at}</translation>
    </message>
    <message>
      <source>重连</source>
      <translation>Reconnect</translation>
    </message>
    <message>
      <source>问题类别对口</source>
      <translation>its trade fits the class</translation>
    </message>
    <message>
      <source>限时</source>
      <translation>Limit</translation>
    </message>
    <message>
      <source>首响</source>
      <translation>First</translation>
    </message>
    <message>
      <source>；协办 {units}</source>
      <translation>; assisting {units}</translation>
    </message>
    <message>
      <source>；限时 {limit}</source>
      <translation>; limit {limit}</translation>
    </message>
  </context>
  <context>
    <name>EmptyQueue</name>
    <message>
      <source>今日办结</source>
      <translation>Closed today</translation>
    </message>
    <message>
      <source>去掉“{what}”有{n}件。</source>
      <translation>Without “{what}” there are {n}. </translation>
    </message>
    <message>
      <source>去掉全部条件有{n}件。</source>
      <translation>Without any condition there are {n}.</translation>
    </message>
    <message>
      <source>只去掉“{what}”</source>
      <translation>Drop only “{what}”</translation>
    </message>
    <message>
      <source>收件正常，有新案会出现在这里。</source>
      <translation>Reports come in; a new case will appear here.</translation>
    </message>
    <message>
      <source>最近一件 {at} 办结。</source>
      <translation>The last one was closed at {at}. </translation>
    </message>
    <message>
      <source>没有在办案件</source>
      <translation>No open cases</translation>
    </message>
    <message>
      <source>没有符合条件的案件</source>
      <translation>No case fits</translation>
    </message>
    <message>
      <source>清除条件</source>
      <translation>Clear</translation>
    </message>
    <message>
      <source>看今日办结{n}件</source>
      <translation>See the {n} closed today</translation>
    </message>
    <message>
      <source>看过本机数据 {at}</source>
      <translation>Data on this machine looked at {at}</translation>
    </message>
  </context>
  <context>
    <name>FiguresView</name>
    <message>
      <source>{n}件</source>
      <translation>{n} cases</translation>
    </message>
    <message>
      <source>仅看需处理</source>
      <translation>To act on only</translation>
    </message>
    <message>
      <source>今日办结</source>
      <translation>Closed today</translation>
    </message>
    <message>
      <source>今日受理</source>
      <translation>Accepted today</translation>
    </message>
    <message>
      <source>今日回访</source>
      <translation>Called back today</translation>
    </message>
    <message>
      <source>今日回访 {n}件</source>
      <translation>{n} called back</translation>
    </message>
    <message>
      <source>今日首次响应</source>
      <translation>First responses today</translation>
    </message>
    <message>
      <source>件</source>
      <translation>cases</translation>
    </message>
    <message>
      <source>全市累计</source>
      <translation>City, all time</translation>
    </message>
    <message>
      <source>全市累计 {n}件，办结率 {c}%，满意率 {s}%</source>
      <translation>City: {n} cases, {c}% closed, {s}% satisfied</translation>
    </message>
    <message>
      <source>分</source>
      <translation>min</translation>
    </message>
    <message>
      <source>办结</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>办结率</source>
      <translation>Closure</translation>
    </message>
    <message>
      <source>动态</source>
      <translation>Events</translation>
    </message>
    <message>
      <source>受理</source>
      <translation>Accepted</translation>
    </message>
    <message>
      <source>按时办结 {n}</source>
      <translation>{n} on time</translation>
    </message>
    <message>
      <source>昨日同时 {n}件</source>
      <translation>{n} yesterday</translation>
    </message>
    <message>
      <source>最近发生</source>
      <translation>latest</translation>
    </message>
    <message>
      <source>满意率</source>
      <translation>Satisfied</translation>
    </message>
    <message>
      <source>目标 {n}分以内</source>
      <translation>goal {n} min</translation>
    </message>
    <message>
      <source>读不到，编号 DB-07</source>
      <translation>Not readable, no. DB-07</translation>
    </message>
    <message>
      <source>辖区内全部案件</source>
      <translation>All cases of the area</translation>
    </message>
    <message>
      <source>辖区内办结案件</source>
      <translation>Closed cases of the area</translation>
    </message>
    <message>
      <source>辖区内回访案件</source>
      <translation>Cases called back</translation>
    </message>
    <message>
      <source>首响</source>
      <translation>First</translation>
    </message>
    <message>
      <source>首次响应</source>
      <translation>First response</translation>
    </message>
  </context>
  <context>
    <name>FilterLine</name>
    <message>
      <source>案号、标题、地点里的字</source>
      <translation>Words in number, title or place</translation>
    </message>
    <message>
      <source>筛选案件</source>
      <translation>Filter cases</translation>
    </message>
  </context>
  <context>
    <name>FormDrawer</name>
    <message>
      <source>放下</source>
      <translation>Drop</translation>
    </message>
  </context>
  <context>
    <name>Format</name>
    <message>
      <source>{d}天{h}小时</source>
      <translation>{d}d {h}h</translation>
    </message>
    <message>
      <source>{d}天{h}时</source>
      <translation>{d}d{h}h</translation>
    </message>
    <message>
      <source>{h}时{m}分</source>
      <translation>{h}h {m}m</translation>
    </message>
    <message>
      <source>{m}分</source>
      <translation>{m}m</translation>
    </message>
    <message>
      <source>{m}月{d}日</source>
      <translation>{m}/{d}</translation>
    </message>
    <message>
      <source>{n}余万</source>
      <translation>{n}0k</translation>
    </message>
    <message>
      <source>{n}百万</source>
      <translation>{n} M</translation>
    </message>
    <message>
      <source>{s}秒</source>
      <translation>{s}s</translation>
    </message>
    <message>
      <source>万</source>
      <translation>M</translation>
    </message>
    <message>
      <source>周一</source>
      <translation>Mon</translation>
    </message>
    <message>
      <source>周三</source>
      <translation>Wed</translation>
    </message>
    <message>
      <source>周二</source>
      <translation>Tue</translation>
    </message>
    <message>
      <source>周五</source>
      <translation>Fri</translation>
    </message>
    <message>
      <source>周六</source>
      <translation>Sat</translation>
    </message>
    <message>
      <source>周四</source>
      <translation>Thu</translation>
    </message>
    <message>
      <source>周日</source>
      <translation>Sun</translation>
    </message>
  </context>
  <context>
    <name>GridMap</name>
    <message>
      <source>{area}，{n}个网格，超期{late}，临期{due}，在办{open}。方向键平移，加减号缩放，Home 看全辖区</source>
      <translation>{area}: {n} grids, {late} overdue, {due} due soon, {open} open. Arrows pan, plus and minus zoom, Home shows the area</translation>
    </message>
    <message>
      <source>全市</source>
      <translation>City</translation>
    </message>
    <message>
      <source>方向键平移，加减号缩放，Home 看全辖区</source>
      <translation>Arrows pan, plus and minus zoom, Home shows the area</translation>
    </message>
    <message>
      <source>网格地图</source>
      <translation>Grid map</translation>
    </message>
  </context>
  <context>
    <name>GridWords</name>
    <message>
      <source>三级网格员 {a}，二级 {b}，一级网格长 {c}</source>
      <translation>Worker {a}, lead {b}, chief {c}</translation>
    </message>
    <message>
      <source>专属网格 企业</source>
      <translation>Dedicated: enterprise</translation>
    </message>
    <message>
      <source>专属网格 医院</source>
      <translation>Dedicated: hospital</translation>
    </message>
    <message>
      <source>专属网格 场站</source>
      <translation>Dedicated: station</translation>
    </message>
    <message>
      <source>专属网格 学校</source>
      <translation>Dedicated: school</translation>
    </message>
    <message>
      <source>专属网格 市场</source>
      <translation>Dedicated: market</translation>
    </message>
    <message>
      <source>专属网格 机关</source>
      <translation>Dedicated: agency</translation>
    </message>
    <message>
      <source>综合网格 {n}户</source>
      <translation>General grid, {n} households</translation>
    </message>
  </context>
  <context>
    <name>HandOverForm</name>
    <message>
      <source>{name}（已撤并）</source>
      <translation>{name} (merged away)</translation>
    </message>
    <message>
      <source>事由</source>
      <translation>Reason</translation>
    </message>
    <message>
      <source>任务</source>
      <translation>Task</translation>
    </message>
    <message>
      <source>写明转给哪里，并从列出的里面选</source>
      <translation>Write who gets it, and choose from the list</translation>
    </message>
    <message>
      <source>原收件方</source>
      <translation>So far</translation>
    </message>
    <message>
      <source>如：已撤并、管辖调整</source>
      <translation>Such as: merged away, boundary moved</translation>
    </message>
    <message>
      <source>已撤并</source>
      <translation>merged away</translation>
    </message>
    <message>
      <source>签收、进展、附件和期限都随着转过去，不用重办</source>
      <translation>Signature, progress, attachments and deadline go with it; nothing is done twice</translation>
    </message>
    <message>
      <source>转交</source>
      <translation>Hand over</translation>
    </message>
    <message>
      <source>转给</source>
      <translation>To</translation>
    </message>
    <message>
      <source>转给哪里，写名字或拼音首字母</source>
      <translation>Name or pinyin initials of who gets it</translation>
    </message>
  </context>
  <context>
    <name>Hands</name>
    <message>
      <source>{number} 没有等答复的申请</source>
      <translation>{number}: nothing waits for an answer</translation>
    </message>
    <message>
      <source>{number} 附近没有可并的在办案件</source>
      <translation>{number}: no open case nearby to merge with</translation>
    </message>
    <message>
      <source>{who}申请{what}：{why}</source>
      <translation>{who} asks for {what}: {why}</translation>
    </message>
    <message>
      <source>一般</source>
      <translation>Fair</translation>
    </message>
    <message>
      <source>不同意</source>
      <translation>Refuse</translation>
    </message>
    <message>
      <source>不同意的理由</source>
      <translation>Reason for refusing</translation>
    </message>
    <message>
      <source>不满意</source>
      <translation>Dissatisfied</translation>
    </message>
    <message>
      <source>为何作废</source>
      <translation>Why void it</translation>
    </message>
    <message>
      <source>为何吹哨</source>
      <translation>Why the whistle</translation>
    </message>
    <message>
      <source>为何强制结案</source>
      <translation>Why close it by force</translation>
    </message>
    <message>
      <source>为何拆分</source>
      <translation>Why split it off</translation>
    </message>
    <message>
      <source>为何退单</source>
      <translation>Why return it</translation>
    </message>
    <message>
      <source>什么进展</source>
      <translation>What progress</translation>
    </message>
    <message>
      <source>依据清单哪一项</source>
      <translation>Which item of the lists</translation>
    </message>
    <message>
      <source>先给案件加处置后的照片，再反馈</source>
      <translation>Add a photo of the result first, then feed back</translation>
    </message>
    <message>
      <source>同意</source>
      <translation>Grant</translation>
    </message>
    <message>
      <source>哪里不达标</source>
      <translation>What is not up to standard</translation>
    </message>
    <message>
      <source>备注，@ 提到单位</source>
      <translation>note, @ names a unit</translation>
    </message>
    <message>
      <source>并入哪一件</source>
      <translation>Merge into which case</translation>
    </message>
    <message>
      <source>延期 {limit}</source>
      <translation>Extend by {limit}</translation>
    </message>
    <message>
      <source>延期理由</source>
      <translation>Reason for the extension</translation>
    </message>
    <message>
      <source>很不满意</source>
      <translation>Very dissatisfied</translation>
    </message>
    <message>
      <source>很满意</source>
      <translation>Very satisfied</translation>
    </message>
    <message>
      <source>怎样办的</source>
      <translation>What was done</translation>
    </message>
    <message>
      <source>挂账 {n}天</source>
      <translation>Suspend for {n} days</translation>
    </message>
    <message>
      <source>挂账理由</source>
      <translation>Reason for suspending</translation>
    </message>
    <message>
      <source>改派原因</source>
      <translation>Reason for re-routing</translation>
    </message>
    <message>
      <source>未解决在哪里</source>
      <translation>What is not solved</translation>
    </message>
    <message>
      <source>没有解决，重办</source>
      <translation>Not solved, handle again</translation>
    </message>
    <message>
      <source>满意</source>
      <translation>Satisfied</translation>
    </message>
    <message>
      <source>申诉理由</source>
      <translation>Grounds of the appeal</translation>
    </message>
    <message>
      <source>申请什么</source>
      <translation>Ask for what</translation>
    </message>
    <message>
      <source>督办回复</source>
      <translation>Reply</translation>
    </message>
    <message>
      <source>督办，要求回复</source>
      <translation>Supervise, reply wanted</translation>
    </message>
    <message>
      <source>第{n}项</source>
      <translation>item {n}</translation>
    </message>
    <message>
      <source>诉求人怎么说</source>
      <translation>What the caller says</translation>
    </message>
    <message>
      <source>退单说明</source>
      <translation>Note to the return</translation>
    </message>
    <message>
      <source>退回原因</source>
      <translation>Reason for sending back</translation>
    </message>
    <message>
      <source>重开原因</source>
      <translation>Reason for reopening</translation>
    </message>
  </context>
  <context>
    <name>HeaderView</name>
    <message>
      <source>{at} 的数据</source>
      <translation>data of {at}</translation>
    </message>
    <message>
      <source>{place}指挥中心</source>
      <translation>{place} Command Centre</translation>
    </message>
    <message>
      <source>。核对发现不一致，已自动修复 {n} 处</source>
      <translation>. {n} mismatches found and repaired</translation>
    </message>
    <message>
      <source>一屏指挥</source>
      <translation>One screen</translation>
    </message>
    <message>
      <source>全部{n}个乡镇街道</source>
      <translation>All {n} townships</translation>
    </message>
    <message>
      <source>全部{n}个县区</source>
      <translation>All {n} counties</translation>
    </message>
    <message>
      <source>全部{n}个社区（村）</source>
      <translation>All {n} communities</translation>
    </message>
    <message>
      <source>同步停下</source>
      <translation>Sync stopped</translation>
    </message>
    <message>
      <source>同步变慢</source>
      <translation>Sync slow</translation>
    </message>
    <message>
      <source>已同步</source>
      <translation>In sync</translation>
    </message>
    <message>
      <source>已静音2分钟，F9 恢复</source>
      <translation>Muted for 2 minutes, F9 sounds again</translation>
    </message>
    <message>
      <source>指挥中心</source>
      <translation>Centre</translation>
    </message>
    <message>
      <source>搜案件、网格、动作</source>
      <translation>Find cases, grids, actions</translation>
    </message>
    <message>
      <source>搜案件、网格、部门、动作 Ctrl K</source>
      <translation>Find cases, grids, units, actions Ctrl K</translation>
    </message>
    <message>
      <source>搜案件、网格、部门、动作（可用拼音首字母）</source>
      <translation>Find cases, grids, units, actions (pinyin initials work)</translation>
    </message>
    <message>
      <source>数据实时，收件正常</source>
      <translation>Data is live, reports come in</translation>
    </message>
    <message>
      <source>本机时钟与服务器差{t}，时限按服务器时间算</source>
      <translation>This clock is {t} off the server's; deadlines follow the server</translation>
    </message>
    <message>
      <source>正在取数据</source>
      <translation>Loading</translation>
    </message>
    <message>
      <source>正在连接</source>
      <translation>Connecting</translation>
    </message>
    <message>
      <source>滞后{t}</source>
      <translation>{t} behind</translation>
    </message>
    <message>
      <source>演示数据</source>
      <translation>Demo data</translation>
    </message>
    <message>
      <source>登录已过期，指令照存。F5 重新登录</source>
      <translation>The session has ended; commands are kept. Sign in again with F5</translation>
    </message>
    <message>
      <source>离线</source>
      <translation>Offline</translation>
    </message>
    <message>
      <source>离线 {t}，数据停在 {at}。可照常查看，连上后自动补齐。第{n}次重连</source>
      <translation>Offline for {t}, data as of {at}. Reading works; it catches up by itself. Try {n}</translation>
    </message>
    <message>
      <source>立即重连</source>
      <translation>Retry now</translation>
    </message>
    <message>
      <source>第一次取本辖区数据，取到的先显示</source>
      <translation>First load of this area; what has come is shown</translation>
    </message>
    <message>
      <source>重新登录</source>
      <translation>Sign in again</translation>
    </message>
    <message>
      <source>静音2分钟 F9</source>
      <translation>Mute for 2 minutes, F9</translation>
    </message>
  </context>
  <context>
    <name>IntakeFinders</name>
    <message>
      <source>三级网格员 {name}</source>
      <translation>Grid worker {name}</translation>
    </message>
    <message>
      <source>限{limit}，立案条件：{filing}</source>
      <translation>Limit {limit}; filed when: {filing}</translation>
    </message>
  </context>
  <context>
    <name>IntakeForm</name>
    <message>
      <source>不写就用地点加类别</source>
      <translation>Left empty: place and category</translation>
    </message>
    <message>
      <source>加照片</source>
      <translation>Add photos</translation>
    </message>
    <message>
      <source>地点</source>
      <translation>Place</translation>
    </message>
    <message>
      <source>姓名</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>拖进来、Ctrl+V 粘贴，或选文件；存下前去掉位置等信息</source>
      <translation>Drop, paste with Ctrl+V or choose files; location and other data are removed</translation>
    </message>
    <message>
      <source>描述</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>来电人</source>
      <translation>Caller</translation>
    </message>
    <message>
      <source>标题</source>
      <translation>Title</translation>
    </message>
    <message>
      <source>楼号、路口、门牌，照说的写</source>
      <translation>Building, crossing, door, as they said it</translation>
    </message>
    <message>
      <source>渠道</source>
      <translation>Channel</translation>
    </message>
    <message>
      <source>照片</source>
      <translation>Photos</translation>
    </message>
    <message>
      <source>电话</source>
      <translation>Phone</translation>
    </message>
    <message>
      <source>类别</source>
      <translation>Category</translation>
    </message>
    <message>
      <source>类别：汉字、拼音、首字母或代码</source>
      <translation>Category: characters, pinyin, initials or code</translation>
    </message>
    <message>
      <source>网格</source>
      <translation>Grid</translation>
    </message>
    <message>
      <source>网格号、社区、网格员，或在地图上点</source>
      <translation>Grid number, community, worker, or click the map</translation>
    </message>
    <message>
      <source>说了什么，影响多少人，有没有危险</source>
      <translation>What they said, how many it affects, any danger</translation>
    </message>
  </context>
  <context>
    <name>IntakePhotos</name>
    <message>
      <source>最多{n}张</source>
      <translation>At most {n} photos</translation>
    </message>
  </context>
  <context>
    <name>IntakeView</name>
    <message>
      <source>上次没交，接着填</source>
      <translation>Not handed in last time; go on</translation>
    </message>
    <message>
      <source>不写就用地点加类别</source>
      <translation>Left empty: place and category</translation>
    </message>
    <message>
      <source>不写就用：{title}</source>
      <translation>Left empty: {title}</translation>
    </message>
    <message>
      <source>不在您的辖区，请转给所在街道</source>
      <translation>Outside your area; pass it to that township</translation>
    </message>
    <message>
      <source>党政</source>
      <translation>Gov</translation>
    </message>
    <message>
      <source>写一句来电人的话</source>
      <translation>Write down what the caller said</translation>
    </message>
    <message>
      <source>写明地点</source>
      <translation>Say where it is</translation>
    </message>
    <message>
      <source>太长了</source>
      <translation>Too long</translation>
    </message>
    <message>
      <source>媒体</source>
      <translation>Media</translation>
    </message>
    <message>
      <source>已收回，改好再交</source>
      <translation>Taken back; put it right and hand it in</translation>
    </message>
    <message>
      <source>并入第一件</source>
      <translation>Merge into first</translation>
    </message>
    <message>
      <source>恢复</source>
      <translation>Resumed</translation>
    </message>
    <message>
      <source>您的岗位不能登记，请交受理员</source>
      <translation>Your post cannot register cases; ask an intake clerk</translation>
    </message>
    <message>
      <source>手机号是11位，请再核对</source>
      <translation>A mobile number has 11 digits; check it</translation>
    </message>
    <message>
      <source>提交</source>
      <translation>Hand in</translation>
    </message>
    <message>
      <source>收起</source>
      <translation>Put away</translation>
    </message>
    <message>
      <source>最多{n}张</source>
      <translation>At most {n} photos</translation>
    </message>
    <message>
      <source>有一份没交的登记：{title}。按 Ctrl+N 接着填</source>
      <translation>A form was not handed in: {title}. Press Ctrl+N to go on</translation>
    </message>
    <message>
      <source>正在处理照片</source>
      <translation>Preparing photos</translation>
    </message>
    <message>
      <source>没有可并入的在办案件</source>
      <translation>No open case to merge into</translation>
    </message>
    <message>
      <source>没有填</source>
      <translation>Not filled in</translation>
    </message>
    <message>
      <source>清空</source>
      <translation>Clear</translation>
    </message>
    <message>
      <source>热线</source>
      <translation>Hotline</translation>
    </message>
    <message>
      <source>电话要有7到15位数字</source>
      <translation>A phone number has 7 to 15 digits</translation>
    </message>
    <message>
      <source>登记</source>
      <translation>Register</translation>
    </message>
    <message>
      <source>窗口</source>
      <translation>Window</translation>
    </message>
    <message>
      <source>群团</source>
      <translation>Mass</translation>
    </message>
    <message>
      <source>选一个类别，打几个字就有</source>
      <translation>Choose a category; a few letters will find it</translation>
    </message>
    <message>
      <source>选一个网格，或在地图上点</source>
      <translation>Choose a grid, or click the map</translation>
    </message>
    <message>
      <source>鞍心通</source>
      <translation>App</translation>
    </message>
  </context>
  <context>
    <name>KeyGroups</name>
    <message>
      <source>上一级辖区</source>
      <translation>Area above</translation>
    </message>
    <message>
      <source>上下移</source>
      <translation>Move up, down</translation>
    </message>
    <message>
      <source>下一件、上一件</source>
      <translation>Next, previous case</translation>
    </message>
    <message>
      <source>下一件超期</source>
      <translation>Next overdue</translation>
    </message>
    <message>
      <source>催办</source>
      <translation>Urge</translation>
    </message>
    <message>
      <source>列表里：属实，立件</source>
      <translation>In the list: make a case</translation>
    </message>
    <message>
      <source>列表里：驳回</source>
      <translation>In the list: dismiss</translation>
    </message>
    <message>
      <source>办案</source>
      <translation>Cases</translation>
    </message>
    <message>
      <source>办结</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>加协办</source>
      <translation>Unit added</translation>
    </message>
    <message>
      <source>加照片</source>
      <translation>Add photos</translation>
    </message>
    <message>
      <source>原字号</source>
      <translation>Normal size</translation>
    </message>
    <message>
      <source>发出前撤销</source>
      <translation>Undo before it leaves</translation>
    </message>
    <message>
      <source>发核实</source>
      <translation>Sent to verify</translation>
    </message>
    <message>
      <source>发核查、核查通过</source>
      <translation>Send for check, pass check</translation>
    </message>
    <message>
      <source>受理立案</source>
      <translation>Accept and file</translation>
    </message>
    <message>
      <source>同上</source>
      <translation>The same</translation>
    </message>
    <message>
      <source>吹哨</source>
      <translation>Whistle</translation>
    </message>
    <message>
      <source>周例会</source>
      <translation>Meeting</translation>
    </message>
    <message>
      <source>命令面板</source>
      <translation>Command palette</translation>
    </message>
    <message>
      <source>回到辖区</source>
      <translation>Back to the area</translation>
    </message>
    <message>
      <source>图层</source>
      <translation>Layers</translation>
    </message>
    <message>
      <source>在地图上找</source>
      <translation>Find on the map</translation>
    </message>
    <message>
      <source>地图</source>
      <translation>Map</translation>
    </message>
    <message>
      <source>备注</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>多件与撤销</source>
      <translation>Several, undo</translation>
    </message>
    <message>
      <source>左右移</source>
      <translation>Move left, right</translation>
    </message>
    <message>
      <source>并案</source>
      <translation>Merged</translation>
    </message>
    <message>
      <source>强制结案</source>
      <translation>Closed by force</translation>
    </message>
    <message>
      <source>打开案件</source>
      <translation>Open the case</translation>
    </message>
    <message>
      <source>批复或提出申请</source>
      <translation>Answer or make a request</translation>
    </message>
    <message>
      <source>找</source>
      <translation>Find</translation>
    </message>
    <message>
      <source>报警</source>
      <translation>Alarms</translation>
    </message>
    <message>
      <source>报警列表</source>
      <translation>Alarm list</translation>
    </message>
    <message>
      <source>报进展</source>
      <translation>Report progress</translation>
    </message>
    <message>
      <source>指挥台</source>
      <translation>Desk</translation>
    </message>
    <message>
      <source>换一张照片</source>
      <translation>Another photo</translation>
    </message>
    <message>
      <source>提到本单位的</source>
      <translation>Asked of this unit</translation>
    </message>
    <message>
      <source>插入常用语</source>
      <translation>Insert a phrase</translation>
    </message>
    <message>
      <source>搁置</source>
      <translation>Shelve</translation>
    </message>
    <message>
      <source>改派；派遣时改限时</source>
      <translation>Re-route; in dispatch, limit</translation>
    </message>
    <message>
      <source>放大字号</source>
      <translation>Larger type</translation>
    </message>
    <message>
      <source>最后一件</source>
      <translation>Last case</translation>
    </message>
    <message>
      <source>本机指令</source>
      <translation>My commands</translation>
    </message>
    <message>
      <source>本页</source>
      <translation>This page</translation>
    </message>
    <message>
      <source>案卷、督办单出纸</source>
      <translation>Case file and supervision order on paper</translation>
    </message>
    <message>
      <source>派出</source>
      <translation>Dispatch now</translation>
    </message>
    <message>
      <source>派遣</source>
      <translation>Dispatch</translation>
    </message>
    <message>
      <source>派遣时选主办</source>
      <translation>Lead unit, in dispatch</translation>
    </message>
    <message>
      <source>派遣时选协办</source>
      <translation>Assisting unit, in dispatch</translation>
    </message>
    <message>
      <source>画面</source>
      <translation>Screen</translation>
    </message>
    <message>
      <source>登记新案件</source>
      <translation>Register a case</translation>
    </message>
    <message>
      <source>看照片</source>
      <translation>Photos</translation>
    </message>
    <message>
      <source>督办</source>
      <translation>Supervise</translation>
    </message>
    <message>
      <source>确认</source>
      <translation>Ack</translation>
    </message>
    <message>
      <source>移动</source>
      <translation>Move</translation>
    </message>
    <message>
      <source>立即重连</source>
      <translation>Retry now</translation>
    </message>
    <message>
      <source>第一件</source>
      <translation>First case</translation>
    </message>
    <message>
      <source>筛选案件</source>
      <translation>Filter cases</translation>
    </message>
    <message>
      <source>粘贴照片</source>
      <translation>Paste photos</translation>
    </message>
    <message>
      <source>缩小字号</source>
      <translation>Smaller type</translation>
    </message>
    <message>
      <source>缩放</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <source>返回、清除条件</source>
      <translation>Back, clear the filter</translation>
    </message>
    <message>
      <source>进入选中网格</source>
      <translation>Enter the selected grid</translation>
    </message>
    <message>
      <source>连着选</source>
      <translation>Mark in a row</translation>
    </message>
    <message>
      <source>退回</source>
      <translation>Send back</translation>
    </message>
    <message>
      <source>选中案件上图</source>
      <translation>Show the case on the map</translation>
    </message>
    <message>
      <source>选中这一件</source>
      <translation>Mark this case</translation>
    </message>
    <message>
      <source>问题池</source>
      <translation>Problem pool</translation>
    </message>
    <message>
      <source>静音2分钟</source>
      <translation>Mute for 2 minutes</translation>
    </message>
  </context>
  <context>
    <name>LikenessView</name>
    <message>
      <source>{number} 一年内{n}件</source>
      <translation>{number}: {n} in a year</translation>
    </message>
    <message>
      <source>{number} 一年内疑似{n}件，没有联网，只按打码的号码和姓氏比</source>
      <translation>{number}: perhaps {n} in a year. Offline: compared by masked number and surname</translation>
    </message>
    <message>
      <source>三十天内没有相似案件</source>
      <translation>Nothing similar within thirty days</translation>
    </message>
    <message>
      <source>加备注</source>
      <translation>Add note</translation>
    </message>
    <message>
      <source>同号</source>
      <translation>Same number</translation>
    </message>
    <message>
      <source>同类、近处、近期，{n}件</source>
      <translation>Alike in kind, place and time: {n}</translation>
    </message>
    <message>
      <source>并入</source>
      <translation>Merge in</translation>
    </message>
    <message>
      <source>打开</source>
      <translation>Open</translation>
    </message>
    <message>
      <source>来电历史</source>
      <translation>Earlier calls</translation>
    </message>
    <message>
      <source>疑似</source>
      <translation>Perhaps</translation>
    </message>
    <message>
      <source>相似</source>
      <translation>Similar</translation>
    </message>
    <message>
      <source>相似与重复</source>
      <translation>Similar</translation>
    </message>
    <message>
      <source>选了类别和网格就开始比对</source>
      <translation>Compared once category and grid are chosen</translation>
    </message>
    <message>
      <source>重复</source>
      <translation>Duplicate</translation>
    </message>
    <message>
      <source>，另有疑似{n}件</source>
      <translation>, perhaps {n} more</translation>
    </message>
  </context>
  <context>
    <name>LoginView</name>
    <message>
      <source>一网统管  一屏指挥</source>
      <translation>One network, one screen</translation>
    </message>
    <message>
      <source>口令</source>
      <translation>Password</translation>
    </message>
    <message>
      <source>基层治理指挥台</source>
      <translation>Command screen</translation>
    </message>
    <message>
      <source>大写锁定开着。</source>
      <translation>Caps lock is on.</translation>
    </message>
    <message>
      <source>服务器</source>
      <translation>Server</translation>
    </message>
    <message>
      <source>浅色</source>
      <translation>Light</translation>
    </message>
    <message>
      <source>深色</source>
      <translation>Dark</translation>
    </message>
    <message>
      <source>版本 {v}</source>
      <translation>Version {v}</translation>
    </message>
    <message>
      <source>登录</source>
      <translation>Sign in</translation>
    </message>
    <message>
      <source>离线查看</source>
      <translation>Read offline</translation>
    </message>
    <message>
      <source>账号</source>
      <translation>Account</translation>
    </message>
    <message>
      <source>账号和口令都要填。</source>
      <translation>Account and password are both needed.</translation>
    </message>
  </context>
  <context>
    <name>MapView</name>
    <message>
      <source>{n} 个三级网格</source>
      <translation>{n} level-3 grids</translation>
    </message>
    <message>
      <source>三级网格员 {name}</source>
      <translation>Grid worker {name}</translation>
    </message>
    <message>
      <source>专属网格</source>
      <translation>Dedicated</translation>
    </message>
    <message>
      <source>全市</source>
      <translation>City</translation>
    </message>
    <message>
      <source>区县</source>
      <translation>County</translation>
    </message>
    <message>
      <source>名称</source>
      <translation>Names</translation>
    </message>
    <message>
      <source>图层</source>
      <translation>Layers</translation>
    </message>
    <message>
      <source>在办</source>
      <translation>Open</translation>
    </message>
    <message>
      <source>在地图上找</source>
      <translation>Find on the map</translation>
    </message>
    <message>
      <source>报警</source>
      <translation>Alarms</translation>
    </message>
    <message>
      <source>无</source>
      <translation>None</translation>
    </message>
    <message>
      <source>案件</source>
      <translation>Cases</translation>
    </message>
    <message>
      <source>没有找到“{text}”</source>
      <translation>Nothing found for “{text}”</translation>
    </message>
    <message>
      <source>社区</source>
      <translation>Community</translation>
    </message>
    <message>
      <source>网格号、社区、人员</source>
      <translation>Grid, community, worker</translation>
    </message>
    <message>
      <source>网格底色取最急一件</source>
      <translation>Fill: the most urgent case</translation>
    </message>
    <message>
      <source>网格态势</source>
      <translation>Grids</translation>
    </message>
    <message>
      <source>街道</source>
      <translation>Township</translation>
    </message>
    <message>
      <source>读不到案件，编号 DB-08</source>
      <translation>Cases not readable, no. DB-08</translation>
    </message>
    <message>
      <source>近90天热点</source>
      <translation>Hot spots, 90 days</translation>
    </message>
    <message>
      <source>锁定视野</source>
      <translation>Lock the view</translation>
    </message>
    <message>
      <source>锁定视野：选中案件时地图不移动</source>
      <translation>Lock the view: selecting a case does not move the map</translation>
    </message>
  </context>
  <context>
    <name>MeetingActs</name>
    <message>
      <source>先选中待布置的任务：空格或 Ctrl+空格</source>
      <translation>First mark tasks to hand down: Space or Ctrl+Space</translation>
    </message>
    <message>
      <source>记台账由中心主任、值班长、督查、受理和派遣办理</source>
      <translation>Heads, shift leaders, supervisors, clerks and dispatchers note lines of the account</translation>
    </message>
  </context>
  <context>
    <name>MeetingClock</name>
    <message>
      <source>{time}开始 {came}</source>
      <translation>{time}, {came}</translation>
    </message>
    <message>
      <source>一周只开一次会</source>
      <translation>One meeting a week</translation>
    </message>
    <message>
      <source>下一项</source>
      <translation>Next item</translation>
    </message>
    <message>
      <source>会议纪要</source>
      <translation>Minutes</translation>
    </message>
    <message>
      <source>到会</source>
      <translation>Attendance</translation>
    </message>
    <message>
      <source>到会{n}/{m}</source>
      <translation>{n}/{m}</translation>
    </message>
    <message>
      <source>剩，限{n}分</source>
      <translation>left of {n} min</translation>
    </message>
    <message>
      <source>加2分钟</source>
      <translation>2 minutes more</translation>
    </message>
    <message>
      <source>开会</source>
      <translation>Open meeting</translation>
    </message>
    <message>
      <source>开会，限{n}分</source>
      <translation>start, {n} min</translation>
    </message>
    <message>
      <source>排会</source>
      <translation>Plan meeting</translation>
    </message>
    <message>
      <source>接主持</source>
      <translation>Take the chair</translation>
    </message>
    <message>
      <source>改安排</source>
      <translation>Change</translation>
    </message>
    <message>
      <source>没有排会</source>
      <translation>No meeting planned</translation>
    </message>
    <message>
      <source>用时，限{n}分</source>
      <translation>spent of {n} min</translation>
    </message>
    <message>
      <source>结束会议</source>
      <translation>End meeting</translation>
    </message>
    <message>
      <source>结转</source>
      <translation>Carry over</translation>
    </message>
    <message>
      <source>记要点</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>超时，限{n}分</source>
      <translation>over {n} min</translation>
    </message>
  </context>
  <context>
    <name>MeetingDrawers</name>
    <message>
      <source>周例会按键</source>
      <translation>Keys of the weekly meeting</translation>
    </message>
  </context>
  <context>
    <name>MeetingHands</name>
    <message>
      <source>{title}：{why}</source>
      <translation>{title}: {why}</translation>
    </message>
    <message>
      <source>{who}申请延时：{why}</source>
      <translation>{who} asks for time: {why}</translation>
    </message>
    <message>
      <source>不予准入的理由，回车存入，Esc 放下</source>
      <translation>Why it is not admitted; Enter records it, Esc leaves it</translation>
    </message>
    <message>
      <source>不同意延时的理由，回车存入，Esc 放下</source>
      <translation>Why no time is given; Enter records it, Esc leaves it</translation>
    </message>
    <message>
      <source>不在村（社区）职责内</source>
      <translation>Not among a village's duties</translation>
    </message>
    <message>
      <source>不属紧急，下不为例</source>
      <translation>It was not; not again</translation>
    </message>
    <message>
      <source>为何划去这一条，回车划去，Esc 放下</source>
      <translation>Why this line is struck out; Enter strikes it, Esc leaves it</translation>
    </message>
    <message>
      <source>为何取消会议，回车取消，Esc 放下</source>
      <translation>Why the meeting is cancelled; Enter cancels it, Esc leaves it</translation>
    </message>
    <message>
      <source>为何接主持，回车记下，Esc 放下</source>
      <translation>Why you take the chair; Enter records it, Esc leaves it</translation>
    </message>
    <message>
      <source>为何撤回任务，回车撤回，Esc 放下</source>
      <translation>Why the task is withdrawn; Enter withdraws it, Esc leaves it</translation>
    </message>
    <message>
      <source>为何要准入村（社区）清单，回车提交，Esc 放下</source>
      <translation>Why it should be admitted to the lists; Enter asks, Esc leaves it</translation>
    </message>
    <message>
      <source>会外紧急在会上复核：开会后选中带标记的任务，再按 X</source>
      <translation>Urgent tasks are reviewed at the meeting: open it, choose a flagged task, press X</translation>
    </message>
    <message>
      <source>先排会，再把任务排入议程</source>
      <translation>Plan a meeting first, then put tasks on its agenda</translation>
    </message>
    <message>
      <source>前面没有开过会，没有可结转的</source>
      <translation>There was no meeting before, nothing to carry over</translation>
    </message>
    <message>
      <source>已有同类任务，请合并</source>
      <translation>There is such a task already; join them</translation>
    </message>
    <message>
      <source>怎样办完的，回车存入，Esc 放下</source>
      <translation>How it was finished; Enter records it, Esc leaves it</translation>
    </message>
    <message>
      <source>没有等答复的延时申请</source>
      <translation>No request for time waits</translation>
    </message>
    <message>
      <source>确属紧急</source>
      <translation>It was urgent</translation>
    </message>
    <message>
      <source>给任务写备注，回车记下，Esc 放下</source>
      <translation>A note on the task; Enter records it, Esc leaves it</translation>
    </message>
    <message>
      <source>记要点，回车记下，Esc 放下</source>
      <translation>A point to note; Enter records it, Esc leaves it</translation>
    </message>
    <message>
      <source>请写明依据清单哪一项</source>
      <translation>State the item of the lists</translation>
    </message>
    <message>
      <source>还没全回报，为何验收，回车验收，Esc 放下</source>
      <translation>Not all have reported: why it is accepted; Enter accepts, Esc leaves it</translation>
    </message>
    <message>
      <source>退回提出部门的原因，回车退回，Esc 放下</source>
      <translation>Why it goes back to its proposer; Enter returns it, Esc leaves it</translation>
    </message>
    <message>
      <source>退回补报，缺什么，回车退回，Esc 放下</source>
      <translation>What is missing; Enter sends it back, Esc leaves it</translation>
    </message>
    <message>
      <source>选中的任务不在待验收</source>
      <translation>The chosen tasks do not wait for acceptance</translation>
    </message>
    <message>
      <source>选中的没有已回报待验收的</source>
      <translation>None of the chosen waits for acceptance</translation>
    </message>
  </context>
  <context>
    <name>MeetingKeys</name>
    <message>
      <source>上一类、下一类</source>
      <translation>other lane</translation>
    </message>
    <message>
      <source>下一项、上一项</source>
      <translation>next, previous</translation>
    </message>
    <message>
      <source>任务</source>
      <translation>Task</translation>
    </message>
    <message>
      <source>任务的收件方</source>
      <translation>Recipients of a task</translation>
    </message>
    <message>
      <source>会外紧急</source>
      <translation>Urgent, no meeting</translation>
    </message>
    <message>
      <source>会议</source>
      <translation>Meeting</translation>
    </message>
    <message>
      <source>会议中：下一项</source>
      <translation>in session: next item</translation>
    </message>
    <message>
      <source>分解到下级</source>
      <translation>Split on</translation>
    </message>
    <message>
      <source>到会</source>
      <translation>Attendance</translation>
    </message>
    <message>
      <source>加2分钟</source>
      <translation>2 minutes more</translation>
    </message>
    <message>
      <source>发出前撤销</source>
      <translation>Undo before it leaves</translation>
    </message>
    <message>
      <source>发布选中的任务</source>
      <translation>publish the marked</translation>
    </message>
    <message>
      <source>取消会议</source>
      <translation>Cancel meeting</translation>
    </message>
    <message>
      <source>回报、补附件</source>
      <translation>report, add evidence</translation>
    </message>
    <message>
      <source>复核会外紧急</source>
      <translation>Review urgent task</translation>
    </message>
    <message>
      <source>展开这一类</source>
      <translation>widen the lane</translation>
    </message>
    <message>
      <source>左右栏</source>
      <translation>other column</translation>
    </message>
    <message>
      <source>开会、接主持、结束会议</source>
      <translation>open, take the chair, end</translation>
    </message>
    <message>
      <source>打开任务</source>
      <translation>open</translation>
    </message>
    <message>
      <source>批复延时</source>
      <translation>Answer</translation>
    </message>
    <message>
      <source>找任务</source>
      <translation>find</translation>
    </message>
    <message>
      <source>报进度</source>
      <translation>Tell progress</translation>
    </message>
    <message>
      <source>指挥台</source>
      <translation>Desk</translation>
    </message>
    <message>
      <source>按新清单复核</source>
      <translation>Check with new lists</translation>
    </message>
    <message>
      <source>换一周</source>
      <translation>another week</translation>
    </message>
    <message>
      <source>排会、改安排</source>
      <translation>plan, change</translation>
    </message>
    <message>
      <source>排入、移出议程</source>
      <translation>on, off the agenda</translation>
    </message>
    <message>
      <source>提任务</source>
      <translation>Propose</translation>
    </message>
    <message>
      <source>撤回</source>
      <translation>withdraw</translation>
    </message>
    <message>
      <source>改待布置的任务</source>
      <translation>change a draft</translation>
    </message>
    <message>
      <source>本地任务</source>
      <translation>Local tasks</translation>
    </message>
    <message>
      <source>来源案件</source>
      <translation>Its case</translation>
    </message>
    <message>
      <source>清单核对</source>
      <translation>List check</translation>
    </message>
    <message>
      <source>申请准入</source>
      <translation>Ask admission</translation>
    </message>
    <message>
      <source>申请或批复延时</source>
      <translation>ask for, answer time</translation>
    </message>
    <message>
      <source>看板、本地任务</source>
      <translation>board, local tasks</translation>
    </message>
    <message>
      <source>移动</source>
      <translation>Move</translation>
    </message>
    <message>
      <source>签收</source>
      <translation>Sign</translation>
    </message>
    <message>
      <source>纪要和任务清单</source>
      <translation>minutes and list</translation>
    </message>
    <message>
      <source>结转</source>
      <translation>Carry over</translation>
    </message>
    <message>
      <source>记减负台账</source>
      <translation>Note in burden account</translation>
    </message>
    <message>
      <source>记要点</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>起因的同类案件</source>
      <translation>Cases of its root cause</translation>
    </message>
    <message>
      <source>转交</source>
      <translation>Hand over</translation>
    </message>
    <message>
      <source>返回、清除选中</source>
      <translation>back, clear marks</translation>
    </message>
    <message>
      <source>退回</source>
      <translation>Send back</translation>
    </message>
    <message>
      <source>退回下级</source>
      <translation>Send back below</translation>
    </message>
    <message>
      <source>退回补报</source>
      <translation>Send back</translation>
    </message>
    <message>
      <source>选中，会议中用 Ctrl 空格</source>
      <translation>mark; in session Ctrl Space</translation>
    </message>
    <message>
      <source>部门自办</source>
      <translation>Done by bureau</translation>
    </message>
    <message>
      <source>预览收件</source>
      <translation>Preview</translation>
    </message>
    <message>
      <source>验收</source>
      <translation>Accept</translation>
    </message>
    <message>
      <source>验收、准入</source>
      <translation>accept, admit</translation>
    </message>
    <message>
      <source>验收下级</source>
      <translation>Accept below</translation>
    </message>
  </context>
  <context>
    <name>MeetingLines</name>
    <message>
      <source>{n}个县（市）区</source>
      <translation>{n} counties</translation>
    </message>
    <message>
      <source>{time} 工作时段内</source>
      <translation>{time}, work time</translation>
    </message>
    <message>
      <source>与{week}“{title}”相近 {n}%</source>
      <translation>{n}% like “{title}” of {week}</translation>
    </message>
    <message>
      <source>各项只报一次，已填字段不再要</source>
      <translation>each reports once; what is known is not asked</translation>
    </message>
    <message>
      <source>回报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>抄送</source>
      <translation>Copied to</translation>
    </message>
    <message>
      <source>无</source>
      <translation>None</translation>
    </message>
    <message>
      <source>查重</source>
      <translation>Duplicates</translation>
    </message>
    <message>
      <source>直达</source>
      <translation>To</translation>
    </message>
    <message>
      <source>近{n}周没有相近的</source>
      <translation>nothing like it in {n} weeks</translation>
    </message>
    <message>
      <source>非工作时段，{day} {time}发出</source>
      <translation>outside working hours, goes out {day} {time}</translation>
    </message>
  </context>
  <context>
    <name>MeetingSide</name>
    <message>
      <source> 准入{n}项</source>
      <translation>, {n} admitted</translation>
    </message>
    <message>
      <source>8小时外发布</source>
      <translation>After hours</translation>
    </message>
    <message>
      <source>{a}至{b}</source>
      <translation>{a}–{b}</translation>
    </message>
    <message>
      <source>{days}，上条为去年同日</source>
      <translation>{days}, above: last year</translation>
    </message>
    <message>
      <source>{days}，还没有台账</source>
      <translation>{days}, nothing noted yet</translation>
    </message>
    <message>
      <source>{n}个</source>
      <translation>{n}</translation>
    </message>
    <message>
      <source>{n}件</source>
      <translation>{n}</translation>
    </message>
    <message>
      <source>{n}次</source>
      <translation>{n}</translation>
    </message>
    <message>
      <source>一单位一群</source>
      <translation>one per unit</translation>
    </message>
    <message>
      <source>不准</source>
      <translation>Refuse</translation>
    </message>
    <message>
      <source>主要职责{a}项 协助事项{b}项</source>
      <translation>{a} main, {b} assist</translation>
    </message>
    <message>
      <source>准入</source>
      <translation>Admit</translation>
    </message>
    <message>
      <source>减负</source>
      <translation>Burden</translation>
    </message>
    <message>
      <source>发布</source>
      <translation>Publish</translation>
    </message>
    <message>
      <source>发布{n}项</source>
      <translation>Publish {n}</translation>
    </message>
    <message>
      <source>同比</source>
      <translation>on last year</translation>
    </message>
    <message>
      <source>均须写明紧急事由</source>
      <translation>each with its reason</translation>
    </message>
    <message>
      <source>已选{n}项</source>
      <translation>{n} chosen</translation>
    </message>
    <message>
      <source>无会日</source>
      <translation>No-meeting day</translation>
    </message>
    <message>
      <source>未列入村（社区）两张清单，不能布置到村（社区）。可退回提出部门、由部门自办，或申请准入。</source>
      <translation>On neither list of villages' duties, so it cannot go to villages. Return it, let the bureau do it, or ask for admission.</translation>
    </message>
    <message>
      <source>没有选中</source>
      <translation>none chosen</translation>
    </message>
    <message>
      <source>没有选中任务</source>
      <translation>No task chosen</translation>
    </message>
    <message>
      <source>清单外事项，没有布置到村（社区）。</source>
      <translation>Off the lists, and not handed to villages.</translation>
    </message>
    <message>
      <source>清单核对</source>
      <translation>List check</translation>
    </message>
    <message>
      <source>申请准入</source>
      <translation>Ask admission</translation>
    </message>
    <message>
      <source>等到上班</source>
      <translation>wait for work time</translation>
    </message>
    <message>
      <source>紧急除外</source>
      <translation>but for emergencies</translation>
    </message>
    <message>
      <source>自{since}记账，尚不能同比</source>
      <translation>since {since}, not comparable yet</translation>
    </message>
    <message>
      <source>记一条</source>
      <translation>Add line</translation>
    </message>
    <message>
      <source>退回</source>
      <translation>Send back</translation>
    </message>
    <message>
      <source>选中一项任务，这里核对它依据清单哪一项。</source>
      <translation>Choose a task to see which item of the lists it stands on.</translation>
    </message>
    <message>
      <source>部门自办</source>
      <translation>Done by bureau</translation>
    </message>
    <message>
      <source>预览收件</source>
      <translation>Preview</translation>
    </message>
  </context>
  <context>
    <name>MeetingView</name>
    <message>
      <source>{who} {time}申请准入：{why}</source>
      <translation>{who} asked for admission {time}: {why}</translation>
    </message>
    <message>
      <source>、</source>
      <translation>, </translation>
    </message>
    <message>
      <source>不排会</source>
      <translation>no meetings</translation>
    </message>
    <message>
      <source>另有{n}项</source>
      <translation>{n} more</translation>
    </message>
    <message>
      <source>周例会任务</source>
      <translation>Tasks of the weekly meeting</translation>
    </message>
    <message>
      <source>提任务</source>
      <translation>Propose</translation>
    </message>
    <message>
      <source>提出的、会上布置的和结转的任务都在这里，断网时也看得到。</source>
      <translation>Tasks that were proposed, handed down or carried over stand here, offline too.</translation>
    </message>
    <message>
      <source>本周没有排会</source>
      <translation>no meeting planned this week</translation>
    </message>
    <message>
      <source>议程中</source>
      <translation>now</translation>
    </message>
    <message>
      <source>这周还没有任务</source>
      <translation>No tasks this week yet</translation>
    </message>
  </context>
  <context>
    <name>MentionsView</name>
    <message>
      <source>去看</source>
      <translation>Look</translation>
    </message>
    <message>
      <source>提到本单位，等回话</source>
      <translation>Asked of this unit</translation>
    </message>
    <message>
      <source>有{n}件提到本单位，等您回话</source>
      <translation>Cases waiting for your unit's word: {n}</translation>
    </message>
  </context>
  <context>
    <name>Minutes</name>
    <message>
      <source>{kind}纪要</source>
      <translation>{kind}: minutes</translation>
    </message>
    <message>
      <source>{name}，计划{n}分</source>
      <translation>{name}: {n} min planned</translation>
    </message>
    <message>
      <source>{name}，计划{n}分，用时{m}分</source>
      <translation>{name}: {n} min planned, {m} min spent</translation>
    </message>
    <message>
      <source>{start}开始，{end}结束，主持 {who}，应到{n} 实到{m}</source>
      <translation>{start} to {end}, chaired by {who}, {m} of {n} present</translation>
    </message>
    <message>
      <source>{who} 打印于 {time}</source>
      <translation>Printed by {who}, {time}</translation>
    </message>
    <message>
      <source>、</source>
      <translation>, </translation>
    </message>
    <message>
      <source>任务</source>
      <translation>Task</translation>
    </message>
    <message>
      <source>任务清单</source>
      <translation>Tasks</translation>
    </message>
    <message>
      <source>会上布置{n}项</source>
      <translation>{n} tasks handed down</translation>
    </message>
    <message>
      <source>依据</source>
      <translation>Item</translation>
    </message>
    <message>
      <source>到会：{names}</source>
      <translation>Present: {names}</translation>
    </message>
    <message>
      <source>回报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>序号</source>
      <translation>No.</translation>
    </message>
    <message>
      <source>归口</source>
      <translation>Lane</translation>
    </message>
    <message>
      <source>提出</source>
      <translation>Proposed by</translation>
    </message>
    <message>
      <source>断网召开，时间按会场本机，{time}补报到服务器</source>
      <translation>Held offline; times are those of the room's own desk, handed in {time}</translation>
    </message>
    <message>
      <source>期限</source>
      <translation>Due</translation>
    </message>
    <message>
      <source>演示数据</source>
      <translation>Demo data</translation>
    </message>
    <message>
      <source>状态</source>
      <translation>State</translation>
    </message>
    <message>
      <source>直达</source>
      <translation>To</translation>
    </message>
    <message>
      <source>第{n}页 共{all}页</source>
      <translation>Page {n} of {all}</translation>
    </message>
    <message>
      <source>缺席：{names}</source>
      <translation>Absent: {names}</translation>
    </message>
  </context>
  <context>
    <name>OfflineNote</name>
    <message>
      <source>立即重连</source>
      <translation>Retry now</translation>
    </message>
  </context>
  <context>
    <name>OperatorView</name>
    <message>
      <source>全部按键</source>
      <translation>All keys</translation>
    </message>
    <message>
      <source>周例会</source>
      <translation>Meeting</translation>
    </message>
    <message>
      <source>指挥台</source>
      <translation>Desk</translation>
    </message>
    <message>
      <source>登记</source>
      <translation>Register</translation>
    </message>
    <message>
      <source>设置</source>
      <translation>Settings</translation>
    </message>
    <message>
      <source>问题池</source>
      <translation>Pool</translation>
    </message>
  </context>
  <context>
    <name>OutTray</name>
    <message>
      <source>存到哪里</source>
      <translation>Where to save</translation>
    </message>
    <message>
      <source>已写到 {path}</source>
      <translation>Written to {path}</translation>
    </message>
    <message>
      <source>已送到打印机 {name}</source>
      <translation>Sent to the printer {name}</translation>
    </message>
    <message>
      <source>打印机 {name} 没有接收，可先存成 PDF</source>
      <translation>Printer {name} did not take it; save as PDF instead</translation>
    </message>
    <message>
      <source>本机没有打印机，可先存成 PDF</source>
      <translation>No printer here; save a PDF instead</translation>
    </message>
    <message>
      <source>正在写 {name}</source>
      <translation>Writing {name}</translation>
    </message>
    <message>
      <source>没有写成 {path}：{why}。换个位置再存</source>
      <translation>Could not write {path}: {why}. Save it somewhere else</translation>
    </message>
  </context>
  <context>
    <name>PaletteView</name>
    <message>
      <source>{name}的案件</source>
      <translation>Cases of {name}</translation>
    </message>
    <message>
      <source>三级网格员 {name}</source>
      <translation>Grid worker {name}</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>动作</source>
      <translation>Actions</translation>
    </message>
    <message>
      <source>只看动作</source>
      <translation>actions only</translation>
    </message>
    <message>
      <source>只看网格</source>
      <translation>grids only</translation>
    </message>
    <message>
      <source>地址与网格</source>
      <translation>Places and grids</translation>
    </message>
    <message>
      <source>执行</source>
      <translation>run</translation>
    </message>
    <message>
      <source>拼音首字母，可混输汉字、编号</source>
      <translation>Pinyin initials, Chinese, numbers</translation>
    </message>
    <message>
      <source>案件</source>
      <translation>Cases</translation>
    </message>
    <message>
      <source>没有找到，换个字试试</source>
      <translation>Nothing found, try another word</translation>
    </message>
    <message>
      <source>选</source>
      <translation>choose</translation>
    </message>
    <message>
      <source>部门</source>
      <translation>Units</translation>
    </message>
  </context>
  <context>
    <name>Papers</name>
    <message>
      <source>{place}指挥中心</source>
      <translation>{place} Command Centre</translation>
    </message>
    <message>
      <source>先用 Shift U 督办</source>
      <translation>Supervise it first (Shift U)</translation>
    </message>
    <message>
      <source>出纸</source>
      <translation>On paper</translation>
    </message>
    <message>
      <source>打印</source>
      <translation>Print</translation>
    </message>
    <message>
      <source>案卷</source>
      <translation>Case file</translation>
    </message>
    <message>
      <source>督办单</source>
      <translation>Supervision order</translation>
    </message>
  </context>
  <context>
    <name>PhotoDesk</name>
    <message>
      <source>{number} 没有照片</source>
      <translation>{number} has no photos</translation>
    </message>
  </context>
  <context>
    <name>PhotoHands</name>
    <message>
      <source>{number} 现在不能加照片</source>
      <translation>{number} takes no photos now</translation>
    </message>
    <message>
      <source>{n}张照片怎样存</source>
      <translation>How to keep {n} photos</translation>
    </message>
    <message>
      <source>先选一件案件，再加照片</source>
      <translation>Select a case first, then add photos</translation>
    </message>
    <message>
      <source>写一句话再存</source>
      <translation>Keep with a line of text</translation>
    </message>
    <message>
      <source>哪里不达标</source>
      <translation>What is not up to standard</translation>
    </message>
    <message>
      <source>处置后照片，反馈</source>
      <translation>After-photos: feed back</translation>
    </message>
    <message>
      <source>备注，@ 提到单位</source>
      <translation>note, @ names a unit</translation>
    </message>
    <message>
      <source>存入流转，不写话</source>
      <translation>Keep in the flow, no words</translation>
    </message>
    <message>
      <source>怎样办的</source>
      <translation>What was done</translation>
    </message>
    <message>
      <source>核查不达标</source>
      <translation>Check failed</translation>
    </message>
    <message>
      <source>核查通过</source>
      <translation>Check passed</translation>
    </message>
    <message>
      <source>正在处理{n}张照片</source>
      <translation>Preparing {n} photos</translation>
    </message>
  </context>
  <context>
    <name>PhotoView</name>
    <message>
      <source>上一张、下一张</source>
      <translation>Previous, next</translation>
    </message>
    <message>
      <source>为何要看清，记入审计日志。回车确认，Esc 放下</source>
      <translation>Why it must be seen clearly; goes into the audit log. Enter confirms, Esc leaves</translation>
    </message>
    <message>
      <source>来自诉求渠道，人脸和车牌未逐一识别，先整张打码</source>
      <translation>From citizens' channels; faces and plates are not told apart, so all of it is masked</translation>
    </message>
    <message>
      <source>正在取照片</source>
      <translation>Fetching the photo</translation>
    </message>
    <message>
      <source>没有看清：{why}</source>
      <translation>Not unmasked: {why}</translation>
    </message>
    <message>
      <source>照片 {n}/{all}</source>
      <translation>Photo {n}/{all}</translation>
    </message>
    <message>
      <source>照片取不到，连上服务器后再看</source>
      <translation>The photo cannot be had; look again when the server is reached</translation>
    </message>
    <message>
      <source>看清</source>
      <translation>Unmask</translation>
    </message>
    <message>
      <source>看清的理由</source>
      <translation>Reason for unmasking</translation>
    </message>
    <message>
      <source>返回</source>
      <translation>back</translation>
    </message>
  </context>
  <context>
    <name>Pictures</name>
    <message>
      <source>不是能用的照片，只收 JPEG、PNG、WebP、BMP</source>
      <translation>no usable photo; only JPEG, PNG, WebP and BMP are taken</translation>
    </message>
    <message>
      <source>像素太多，没有打开。请先缩小到6400万像素以内</source>
      <translation>too many pixels, not opened; shrink it to 64 million first</translation>
    </message>
    <message>
      <source>文件读不出来</source>
      <translation>the file cannot be read</translation>
    </message>
    <message>
      <source>照片</source>
      <translation>Photos</translation>
    </message>
    <message>
      <source>照片没有存下，磁盘可能已满</source>
      <translation>the photo was not kept; the disk may be full</translation>
    </message>
    <message>
      <source>超过40兆，没有加入。请先压缩</source>
      <translation>over 40 MB, not added; compress it first</translation>
    </message>
    <message>
      <source>选照片</source>
      <translation>Choose photos</translation>
    </message>
  </context>
  <context>
    <name>PlanForm</name>
    <message>
      <source>{name}几分钟</source>
      <translation>Minutes for {name}</translation>
    </message>
    <message>
      <source>{time}到</source>
      <translation>came {time}</translation>
    </message>
    <message>
      <source>会议</source>
      <translation>Meeting</translation>
    </message>
    <message>
      <source>全部到会</source>
      <translation>All present</translation>
    </message>
    <message>
      <source>写日期和几点，如 3-16 和 9:00</source>
      <translation>Give day and time, such as 3-16 and 9:00</translation>
    </message>
    <message>
      <source>几分</source>
      <translation>min</translation>
    </message>
    <message>
      <source>几点</source>
      <translation>Time</translation>
    </message>
    <message>
      <source>到会</source>
      <translation>Attendance</translation>
    </message>
    <message>
      <source>各项几分</source>
      <translation>Minutes</translation>
    </message>
    <message>
      <source>各项几分钟要填数</source>
      <translation>Minutes are numbers</translation>
    </message>
    <message>
      <source>如 3-16</source>
      <translation>such as 3-16</translation>
    </message>
    <message>
      <source>存改动</source>
      <translation>Save</translation>
    </message>
    <message>
      <source>应到{n} 实到{m}，空格改一人</source>
      <translation>{m} of {n} present; Space changes one</translation>
    </message>
    <message>
      <source>排会</source>
      <translation>Plan meeting</translation>
    </message>
    <message>
      <source>改会议安排</source>
      <translation>Change meeting</translation>
    </message>
    <message>
      <source>日期</source>
      <translation>Day</translation>
    </message>
    <message>
      <source>未到</source>
      <translation>absent</translation>
    </message>
    <message>
      <source>议题</source>
      <translation>Topics</translation>
    </message>
    <message>
      <source>议题，留空即去掉</source>
      <translation>Topic, leave empty to drop it</translation>
    </message>
    <message>
      <source>这天可以排会</source>
      <translation>A meeting can be booked then</translation>
    </message>
  </context>
  <context>
    <name>PoolView</name>
    <message>
      <source>{n}类，近26周{m}件</source>
      <translation>{n} classes, {m} cases in 26 weeks</translation>
    </message>
    <message>
      <source>上下</source>
      <translation>move</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>展开、收起</source>
      <translation>Open, close</translation>
    </message>
    <message>
      <source>提任务</source>
      <translation>Propose</translation>
    </message>
    <message>
      <source>看任务</source>
      <translation>Tasks</translation>
    </message>
    <message>
      <source>看案件</source>
      <translation>See cases</translation>
    </message>
    <message>
      <source>问题池</source>
      <translation>Problem pool</translation>
    </message>
  </context>
  <context>
    <name>PreferencesView</name>
    <message>
      <source>{n}秒</source>
      <translation>{n} s</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>减少动画</source>
      <translation>Reduce motion</translation>
    </message>
    <message>
      <source>声音检查</source>
      <translation>Sound check</translation>
    </message>
    <message>
      <source>字号</source>
      <translation>Type size</translation>
    </message>
    <message>
      <source>字母键要配合 Alt</source>
      <translation>Letter keys need Alt</translation>
    </message>
    <message>
      <source>安静时段</source>
      <translation>Quiet hours</translation>
    </message>
    <message>
      <source>撤销时间</source>
      <translation>Undo time</translation>
    </message>
    <message>
      <source>没有</source>
      <translation>None</translation>
    </message>
    <message>
      <source>没有播放程序或声音设备，用系统提示音</source>
      <translation>No player or sound device: the system's beep is used</translation>
    </message>
    <message>
      <source>浅色</source>
      <translation>Light</translation>
    </message>
    <message>
      <source>深色</source>
      <translation>Dark</translation>
    </message>
    <message>
      <source>用 {program} 播放</source>
      <translation>Played with {program}</translation>
    </message>
    <message>
      <source>设置</source>
      <translation>Settings</translation>
    </message>
    <message>
      <source>试听报警声</source>
      <translation>Hear the alarms</translation>
    </message>
    <message>
      <source>语言</source>
      <translation>Language</translation>
    </message>
    <message>
      <source>配色</source>
      <translation>Theme</translation>
    </message>
    <message>
      <source>高对比</source>
      <translation>High contrast</translation>
    </message>
  </context>
  <context>
    <name>ProposeForm</name>
    <message>
      <source>、</source>
      <translation>, </translation>
    </message>
    <message>
      <source>下周五</source>
      <translation>next Friday</translation>
    </message>
    <message>
      <source>为何等不到下次会，写给下次会复核</source>
      <translation>Why it cannot wait; the next meeting reviews it</translation>
    </message>
    <message>
      <source>乡镇、街道、村或社区的名字</source>
      <translation>Name of a township, street, village or community</translation>
    </message>
    <message>
      <source>今天</source>
      <translation>today</translation>
    </message>
    <message>
      <source>任务</source>
      <translation>Task</translation>
    </message>
    <message>
      <source>任务名称</source>
      <translation>Name of the task</translation>
    </message>
    <message>
      <source>会外紧急布置</source>
      <translation>Hand down urgently</translation>
    </message>
    <message>
      <source>依据</source>
      <translation>Item</translation>
    </message>
    <message>
      <source>像是{item}，写字、拼音或数字改选</source>
      <translation>Looks like {item}; type to choose another</translation>
    </message>
    <message>
      <source>全部乡镇（街道）</source>
      <translation>All townships</translation>
    </message>
    <message>
      <source>全部村（社区）</source>
      <translation>All villages</translation>
    </message>
    <message>
      <source>全部街道</source>
      <translation>All streets</translation>
    </message>
    <message>
      <source>写任务名称</source>
      <translation>Name the task</translation>
    </message>
    <message>
      <source>写期限，如 3-27</source>
      <translation>Give a deadline, such as 3-27</translation>
    </message>
    <message>
      <source>写紧急事由，下次会要复核</source>
      <translation>Write the reason; the next meeting reviews it</translation>
    </message>
    <message>
      <source>如 3-27</source>
      <translation>such as 3-27</translation>
    </message>
    <message>
      <source>如：排查户数、隐患处数；户数、网格数不必再要</source>
      <translation>such as homes checked, hazards; homes and grids are known</translation>
    </message>
    <message>
      <source>存改动</source>
      <translation>Save</translation>
    </message>
    <message>
      <source>已存：{title}，{time}</source>
      <translation>Saved: {title}, {time}</translation>
    </message>
    <message>
      <source>已紧急布置：{title}</source>
      <translation>Handed down: {title}</translation>
    </message>
    <message>
      <source>归口</source>
      <translation>Lane</translation>
    </message>
    <message>
      <source>户数</source>
      <translation>homes</translation>
    </message>
    <message>
      <source>指定</source>
      <translation>Chosen</translation>
    </message>
    <message>
      <source>指定收件的乡镇、街道、村或社区</source>
      <translation>Choose who gets it</translation>
    </message>
    <message>
      <source>提任务</source>
      <translation>Propose</translation>
    </message>
    <message>
      <source>提出</source>
      <translation>Propose</translation>
    </message>
    <message>
      <source>改任务</source>
      <translation>Change task</translation>
    </message>
    <message>
      <source>明天</source>
      <translation>tomorrow</translation>
    </message>
    <message>
      <source>月底</source>
      <translation>month's end</translation>
    </message>
    <message>
      <source>有收件方已撤并</source>
      <translation>a recipient was merged away</translation>
    </message>
    <message>
      <source>期限</source>
      <translation>Due</translation>
    </message>
    <message>
      <source>本周五</source>
      <translation>this Friday</translation>
    </message>
    <message>
      <source>清单第几项，写字、拼音或数字；清单外留空</source>
      <translation>Item of the lists: words, pinyin or number; empty if off the lists</translation>
    </message>
    <message>
      <source>直达</source>
      <translation>To</translation>
    </message>
    <message>
      <source>社区数</source>
      <translation>communities</translation>
    </message>
    <message>
      <source>立即发出，不等上班时间；记入会外布置，下次会复核。</source>
      <translation>Goes out at once, whatever the hour; is counted, and the next meeting reviews it.</translation>
    </message>
    <message>
      <source>紧急事由</source>
      <translation>Reason</translation>
    </message>
    <message>
      <source>紧急布置</source>
      <translation>Hand down now</translation>
    </message>
    <message>
      <source>网格员数</source>
      <translation>grid workers</translation>
    </message>
    <message>
      <source>网格数</source>
      <translation>grids</translation>
    </message>
    <message>
      <source>要报的数</source>
      <translation>Figures</translation>
    </message>
    <message>
      <source>要求</source>
      <translation>Wanted</translation>
    </message>
    <message>
      <source>记决议，成为任务</source>
      <translation>Resolution, as a task</translation>
    </message>
    <message>
      <source>起因</source>
      <translation>Root cause</translation>
    </message>
  </context>
  <context>
    <name>PublishSheet</name>
    <message>
      <source>“{title}”的收件方 {n}个</source>
      <translation>{n} recipients of “{title}”</translation>
    </message>
    <message>
      <source>不在会上：写明紧急事由，才能会外布置</source>
      <translation>No meeting is on: only with a written reason</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>发布</source>
      <translation>Publish</translation>
    </message>
    <message>
      <source>发布{n}项</source>
      <translation>Publish {n}</translation>
    </message>
    <message>
      <source>只能在会上发布，会外紧急由值班长或中心主任布置</source>
      <translation>Tasks go out at the meeting; urgent ones by the shift leader or the centre's head</translation>
    </message>
    <message>
      <source>已发布{n}项</source>
      <translation>Published {n}</translation>
    </message>
    <message>
      <source>已撤销</source>
      <translation>taken back</translation>
    </message>
    <message>
      <source>抄送 {who}，限{date}</source>
      <translation>Copied to {who}, due {date}</translation>
    </message>
    <message>
      <source>撤销</source>
      <translation>Undo</translation>
    </message>
    <message>
      <source>直达 {to}；抄送 {copied}；各项只报一次，已填字段不再要</source>
      <translation>To {to}; copied to {copied}; each reports once, what is known is not asked</translation>
    </message>
    <message>
      <source>直达 {who}</source>
      <translation>To {who}</translation>
    </message>
    <message>
      <source>立即发出</source>
      <translation>goes out at once</translation>
    </message>
    <message>
      <source>等到{day} {time}发出</source>
      <translation>waits until {day} {time}</translation>
    </message>
    <message>
      <source>紧急布置</source>
      <translation>Hand down now</translation>
    </message>
    <message>
      <source>要发布的任务</source>
      <translation>Tasks to publish</translation>
    </message>
    <message>
      <source>，{n}项没有发</source>
      <translation>, {n} not sent</translation>
    </message>
  </context>
  <context>
    <name>QueueHead</name>
    <message>
      <source>剩余</source>
      <translation>Left</translation>
    </message>
    <message>
      <source>变动</source>
      <translation>Changed</translation>
    </message>
    <message>
      <source>按剩余时间</source>
      <translation>Time left</translation>
    </message>
    <message>
      <source>排序</source>
      <translation>Order</translation>
    </message>
    <message>
      <source>最新</source>
      <translation>Newest</translation>
    </message>
    <message>
      <source>最新上报</source>
      <translation>Newest</translation>
    </message>
    <message>
      <source>最早</source>
      <translation>Oldest</translation>
    </message>
    <message>
      <source>最早上报</source>
      <translation>Oldest</translation>
    </message>
    <message>
      <source>最近变动</source>
      <translation>Changed</translation>
    </message>
    <message>
      <source>筛选 /</source>
      <translation>Filter /</translation>
    </message>
  </context>
  <context>
    <name>QueueRows</name>
    <message>
      <source>已选 {row}</source>
      <translation>marked {row}</translation>
    </message>
  </context>
  <context>
    <name>QueueView</name>
    <message>
      <source>{n} 件已前移</source>
      <translation>{n} moved up</translation>
    </message>
    <message>
      <source>上下</source>
      <translation>move</translation>
    </message>
    <message>
      <source>上图</source>
      <translation>on map</translation>
    </message>
    <message>
      <source>全部</source>
      <translation>All</translation>
    </message>
    <message>
      <source>全部按键</source>
      <translation>All keys</translation>
    </message>
    <message>
      <source>在办案件</source>
      <translation>Cases</translation>
    </message>
    <message>
      <source>打开</source>
      <translation>Open</translation>
    </message>
    <message>
      <source>有新案到这一步会出现在这里。</source>
      <translation>A case that reaches this stage will appear here.</translation>
    </message>
    <message>
      <source>派遣</source>
      <translation>Dispatch</translation>
    </message>
    <message>
      <source>看全部</source>
      <translation>Show all</translation>
    </message>
    <message>
      <source>筛选</source>
      <translation>filter</translation>
    </message>
    <message>
      <source>读不到在办案件</source>
      <translation>Cannot read the cases</translation>
    </message>
    <message>
      <source>这一步没有案件</source>
      <translation>No case at this stage</translation>
    </message>
  </context>
  <context>
    <name>ReachList</name>
    <message>
      <source>{n}个收件方</source>
      <translation>{n} recipients</translation>
    </message>
    <message>
      <source>收件方</source>
      <translation>Recipients</translation>
    </message>
  </context>
  <context>
    <name>ReceiptTree</name>
    <message>
      <source>未签收{n}</source>
      <translation>{n} not signed</translation>
    </message>
    <message>
      <source>超期{n}</source>
      <translation>{n} overdue</translation>
    </message>
  </context>
  <context>
    <name>ReportForm</name>
    <message>
      <source>{field}没有填，或不是数</source>
      <translation>{field} is empty or no number</translation>
    </message>
    <message>
      <source>下级合计</source>
      <translation>sum of those below</translation>
    </message>
    <message>
      <source>不是照片文件</source>
      <translation>Not a photo</translation>
    </message>
    <message>
      <source>以前报过</source>
      <translation>reported before</translation>
    </message>
    <message>
      <source>写一句怎样办的</source>
      <translation>Say how it was done</translation>
    </message>
    <message>
      <source>加照片</source>
      <translation>Add photos</translation>
    </message>
    <message>
      <source>回报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>填数</source>
      <translation>a number</translation>
    </message>
    <message>
      <source>已知道的，不再要</source>
      <translation>Known, not asked again</translation>
    </message>
    <message>
      <source>怎样办的</source>
      <translation>What was done</translation>
    </message>
    <message>
      <source>放下</source>
      <translation>Drop</translation>
    </message>
    <message>
      <source>是</source>
      <translation>yes</translation>
    </message>
    <message>
      <source>是 或 否</source>
      <translation>yes or no</translation>
    </message>
    <message>
      <source>正在读取照片</source>
      <translation>Reading photos</translation>
    </message>
    <message>
      <source>没有照片</source>
      <translation>No photos</translation>
    </message>
    <message>
      <source>照片{n}张</source>
      <translation>{n} photos</translation>
    </message>
    <message>
      <source>照片像素太多</source>
      <translation>The photo has too many pixels</translation>
    </message>
    <message>
      <source>照片文件太大</source>
      <translation>The photo file is too large</translation>
    </message>
    <message>
      <source>补附件</source>
      <translation>Add evidence</translation>
    </message>
    <message>
      <source>读不到照片文件</source>
      <translation>The photo cannot be read</translation>
    </message>
    <message>
      <source>辖区数据</source>
      <translation>Site data</translation>
    </message>
    <message>
      <source>选照片</source>
      <translation>Choose photos</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>{n}条指令待发送，连上后自动发出</source>
      <translation>{n} commands wait to be sent, by themselves once connected</translation>
    </message>
    <message>
      <source>{n}秒内可撤销：{what}</source>
      <translation>Undo within {n} s: {what}</translation>
    </message>
    <message>
      <source>{text}（共{n}条）</source>
      <translation>{text} ({n} in all)</translation>
    </message>
    <message>
      <source>{what} 等{n}件</source>
      <translation>{what} and others, {n} in all</translation>
    </message>
    <message>
      <source>去看</source>
      <translation>Look</translation>
    </message>
    <message>
      <source>指令没有存下，案件未变。{why}</source>
      <translation>The command was not kept and the case is unchanged. {why}</translation>
    </message>
    <message>
      <source>撤销</source>
      <translation>Undo</translation>
    </message>
    <message>
      <source>未办成：{what}。{why}</source>
      <translation>Not done: {what}. {why}</translation>
    </message>
    <message>
      <source>没有可撤销的指令，发出后不能撤销</source>
      <translation>Nothing to undo; what has been sent stays</translation>
    </message>
    <message>
      <source>请看：{what}。{why}</source>
      <translation>Please look: {what}. {why}</translation>
    </message>
  </context>
  <context>
    <name>Rows</name>
    <message>
      <source>上报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>主办{unit}</source>
      <translation>Lead {unit}</translation>
    </message>
    <message>
      <source>依据清单第{n}项 {why}</source>
      <translation>By duty-list item {n} {why}</translation>
    </message>
    <message>
      <source>催办{n}</source>
      <translation>Urged {n}</translation>
    </message>
    <message>
      <source>办结</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>协办{n}</source>
      <translation>Assist {n}</translation>
    </message>
    <message>
      <source>受理</source>
      <translation>Accepted</translation>
    </message>
    <message>
      <source>处置</source>
      <translation>Handling</translation>
    </message>
    <message>
      <source>待同步</source>
      <translation>Not synced</translation>
    </message>
    <message>
      <source>待回话{n}</source>
      <translation>Asked {n}</translation>
    </message>
    <message>
      <source>指挥中心</source>
      <translation>Centre</translation>
    </message>
    <message>
      <source>核查</source>
      <translation>Check</translation>
    </message>
    <message>
      <source>派遣</source>
      <translation>Dispatch</translation>
    </message>
    <message>
      <source>满意度{n}分</source>
      <translation>Rated {n} of 5</translation>
    </message>
    <message>
      <source>相似</source>
      <translation>Similar</translation>
    </message>
    <message>
      <source>签收</source>
      <translation>Sign</translation>
    </message>
    <message>
      <source>返工{n}</source>
      <translation>Rework {n}</translation>
    </message>
    <message>
      <source>退单{n}</source>
      <translation>Returned {n}</translation>
    </message>
    <message>
      <source>重复</source>
      <translation>Duplicate</translation>
    </message>
    <message>
      <source>重复{n}</source>
      <translation>Dup {n}</translation>
    </message>
    <message>
      <source>附件{n}</source>
      <translation>Files {n}</translation>
    </message>
    <message>
      <source>限{time}</source>
      <translation>by {time}</translation>
    </message>
    <message>
      <source>，协办{units}</source>
      <translation>, assisting {units}</translation>
    </message>
  </context>
  <context>
    <name>SentView</name>
    <message>
      <source>{n}条待发送，{m}条要您看</source>
      <translation>{n} to be sent, {m} for you to look at</translation>
    </message>
    <message>
      <source>{why}。再办一次可改好再交，或放下</source>
      <translation>{why}. Do again opens the form to put it right, or put it down</translation>
    </message>
    <message>
      <source>{why}。按现在的案件还能办：再办一次，或放下</source>
      <translation>{why}. It can still be done on the case as it is now: give it again, or drop it</translation>
    </message>
    <message>
      <source>{why}。没有发出，案件未变</source>
      <translation>{why}. It was not sent; the case is unchanged</translation>
    </message>
    <message>
      <source>{why}。看过后放下</source>
      <translation>{why}. Drop it once seen</translation>
    </message>
    <message>
      <source>{why}。看过后放下，指令仍在排队</source>
      <translation>{why}. Put it aside once you have seen it; the command stays queued</translation>
    </message>
    <message>
      <source>上下</source>
      <translation>move</translation>
    </message>
    <message>
      <source>全部已确认</source>
      <translation>All confirmed</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>再办一次</source>
      <translation>Give again</translation>
    </message>
    <message>
      <source>冲突</source>
      <translation>Conflict</translation>
    </message>
    <message>
      <source>发送中</source>
      <translation>Sending</translation>
    </message>
    <message>
      <source>可以怎样</source>
      <translation>What now</translation>
    </message>
    <message>
      <source>已办成，案件里能看到</source>
      <translation>Done, as the case shows</translation>
    </message>
    <message>
      <source>已放下</source>
      <translation>Let go</translation>
    </message>
    <message>
      <source>已确认</source>
      <translation>Confirmed</translation>
    </message>
    <message>
      <source>已送达</source>
      <translation>Delivered</translation>
    </message>
    <message>
      <source>我的</source>
      <translation>Mine</translation>
    </message>
    <message>
      <source>打开案件</source>
      <translation>Open the case</translation>
    </message>
    <message>
      <source>排队</source>
      <translation>Queued</translation>
    </message>
    <message>
      <source>放下</source>
      <translation>Drop</translation>
    </message>
    <message>
      <source>服务器上</source>
      <translation>On the server</translation>
    </message>
    <message>
      <source>服务器已办，等它的新数据</source>
      <translation>Done on the server; its row is on the way</translation>
    </message>
    <message>
      <source>未办成，您看过后放下了</source>
      <translation>Not done; you saw it and let it go</translation>
    </message>
    <message>
      <source>未发出</source>
      <translation>Not sent</translation>
    </message>
    <message>
      <source>本机指令</source>
      <translation>My commands</translation>
    </message>
    <message>
      <source>本机没有这件案件</source>
      <translation>This case is not on this machine</translation>
    </message>
    <message>
      <source>现在没有您能办的</source>
      <translation>Nothing is yours to do now</translation>
    </message>
    <message>
      <source>现在能办：{steps}</source>
      <translation>You can now: {steps}</translation>
    </message>
    <message>
      <source>被拒</source>
      <translation>Refused</translation>
    </message>
    <message>
      <source>还没有发出。Ctrl+Z 可撤销撤销时间内的指令</source>
      <translation>Not sent yet. Ctrl+Z takes it back while the undo time runs</translation>
    </message>
  </context>
  <context>
    <name>Sheets</name>
    <message>
      <source>{case} 第{n}次督办</source>
      <translation>{case}, order no. {n}</translation>
    </message>
    <message>
      <source>{who} 打印于 {at}</source>
      <translation>Printed by {who} at {at}</translation>
    </message>
    <message>
      <source>上报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>上报人的姓名和电话已遮蔽。</source>
      <translation>The reporter's name and telephone are masked.</translation>
    </message>
    <message>
      <source>不要求回复</source>
      <translation>No reply required</translation>
    </message>
    <message>
      <source>为何此时到期</source>
      <translation>Why due then</translation>
    </message>
    <message>
      <source>主办</source>
      <translation>Lead</translation>
    </message>
    <message>
      <source>位置</source>
      <translation>Place</translation>
    </message>
    <message>
      <source>催办、督办与回复</source>
      <translation>Reminders, supervision and replies</translation>
    </message>
    <message>
      <source>内容</source>
      <translation>What</translation>
    </message>
    <message>
      <source>办理</source>
      <translation>Settlement</translation>
    </message>
    <message>
      <source>办结</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>协办</source>
      <translation>Assisting</translation>
    </message>
    <message>
      <source>历时</source>
      <translation>Elapsed</translation>
    </message>
    <message>
      <source>回复时限</source>
      <translation>Reply due</translation>
    </message>
    <message>
      <source>处置到期</source>
      <translation>Due</translation>
    </message>
    <message>
      <source>处置时限</source>
      <translation>Limit</translation>
    </message>
    <message>
      <source>审核意见</source>
      <translation>Review</translation>
    </message>
    <message>
      <source>已回复</source>
      <translation>Replied</translation>
    </message>
    <message>
      <source>承办单位回复</source>
      <translation>Reply of the unit</translation>
    </message>
    <message>
      <source>时间</source>
      <translation>Time</translation>
    </message>
    <message>
      <source>是否超期</source>
      <translation>On time?</translation>
    </message>
    <message>
      <source>未办结</source>
      <translation>Still open</translation>
    </message>
    <message>
      <source>未超期</source>
      <translation>Not overdue</translation>
    </message>
    <message>
      <source>案件</source>
      <translation>Cases</translation>
    </message>
    <message>
      <source>案卷</source>
      <translation>Case file</translation>
    </message>
    <message>
      <source>案号</source>
      <translation>Number</translation>
    </message>
    <message>
      <source>流转</source>
      <translation>Flow</translation>
    </message>
    <message>
      <source>演示数据</source>
      <translation>Demo data</translation>
    </message>
    <message>
      <source>照片 {n}张</source>
      <translation>{n} photos</translation>
    </message>
    <message>
      <source>状态</source>
      <translation>State</translation>
    </message>
    <message>
      <source>环节</source>
      <translation>Step</translation>
    </message>
    <message>
      <source>用时</source>
      <translation>Took</translation>
    </message>
    <message>
      <source>督办人</source>
      <translation>By</translation>
    </message>
    <message>
      <source>督办单</source>
      <translation>Supervision order</translation>
    </message>
    <message>
      <source>督办意见</source>
      <translation>What is required</translation>
    </message>
    <message>
      <source>督办时间</source>
      <translation>Supervised at</translation>
    </message>
    <message>
      <source>督办类型</source>
      <translation>Kind</translation>
    </message>
    <message>
      <source>第{n}页 共{all}页</source>
      <translation>Page {n} of {all}</translation>
    </message>
    <message>
      <source>签字：　　　　　　　　日期：　　　年　　月　　日</source>
      <translation>Signed:                              Date:                    </translation>
    </message>
    <message>
      <source>经办</source>
      <translation>By whom</translation>
    </message>
    <message>
      <source>超期</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>超期 {t}</source>
      <translation>Overdue by {t}</translation>
    </message>
    <message>
      <source>问题类别</source>
      <translation>Class</translation>
    </message>
    <message>
      <source>（照片不在本机，连上后可取）</source>
      <translation> (not on this machine; it comes when connected)</translation>
    </message>
  </context>
  <context>
    <name>SignInAgain</name>
    <message>
      <source>{who}，请重新登录</source>
      <translation>{who}, please sign in again</translation>
    </message>
    <message>
      <source>以后再说</source>
      <translation>Later</translation>
    </message>
    <message>
      <source>口令</source>
      <translation>Password</translation>
    </message>
    <message>
      <source>登录</source>
      <translation>Sign in</translation>
    </message>
    <message>
      <source>登录已过期。未发出的指令都在，登录后自动发出。</source>
      <translation>The session has ended. What was not sent is kept, and leaves once you are signed in.</translation>
    </message>
  </context>
  <context>
    <name>Skeleton</name>
    <message>
      <source>正在读取</source>
      <translation>Reading</translation>
    </message>
  </context>
  <context>
    <name>SoundCheck</name>
    <message>
      <source>一声；报警潮和安静时段里不响</source>
      <translation>One tone; silent in a flood and in quiet hours</translation>
    </message>
    <message>
      <source>一高一低，每30秒，直到有人确认</source>
      <translation>High, then low, every 30 seconds until acknowledged</translation>
    </message>
    <message>
      <source>三声短音，每4秒，直到有人确认</source>
      <translation>Three beeps, every 4 seconds until acknowledged</translation>
    </message>
    <message>
      <source>三级报警各有声音。逐级播放，听到了就确认。音箱比室内高10分贝，不超过75。</source>
      <translation>Each alarm level has its own sound. Play each one and confirm that you heard it. Set the speakers 10 dB above the room, at most 75.</translation>
    </message>
    <message>
      <source>三级都听到，已记下</source>
      <translation>All three heard. Noted.</translation>
    </message>
    <message>
      <source>上次检查 {time}，三级都听到</source>
      <translation>Last check {time}: all three heard</translation>
    </message>
    <message>
      <source>上次检查 {time}，有没听到的</source>
      <translation>Last check {time}: not all were heard</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>听到</source>
      <translation>Heard</translation>
    </message>
    <message>
      <source>听到{level}的声音了吗</source>
      <translation>Did you hear the sound for {level}?</translation>
    </message>
    <message>
      <source>听到了</source>
      <translation>Heard it</translation>
    </message>
    <message>
      <source>声音检查</source>
      <translation>Sound check</translation>
    </message>
    <message>
      <source>已播放</source>
      <translation>Played</translation>
    </message>
    <message>
      <source>按 1 2 3 播放</source>
      <translation>Press 1 2 3 to play</translation>
    </message>
    <message>
      <source>按键在别处，点一下这里再按</source>
      <translation>The keys are elsewhere: click here, then press</translation>
    </message>
    <message>
      <source>播放</source>
      <translation>Play</translation>
    </message>
    <message>
      <source>放不出，改请系统提示</source>
      <translation>Failed, system beep asked for</translation>
    </message>
    <message>
      <source>有没听到的，已记下。查音箱、音量和静音开关后再检查</source>
      <translation>Not all were heard. Noted. Check speakers, volume and mute switch, then try again</translation>
    </message>
    <message>
      <source>正在播放</source>
      <translation>Playing</translation>
    </message>
    <message>
      <source>没听到</source>
      <translation>Not heard</translation>
    </message>
    <message>
      <source>用 {program} 播放。播放了不等于听到，以人听到为准</source>
      <translation>Played with {program}. Played is not heard: only what you hear counts</translation>
    </message>
    <message>
      <source>还没有检查过</source>
      <translation>Not checked yet</translation>
    </message>
    <message>
      <source>这台机器没有播放程序，只能请系统发提示音，响没响程序不知道。听不到时，报警只能看：请接音箱，装播放程序后再检查</source>
      <translation>This machine has no player. The program can only ask the system for its beep, and cannot tell whether it sounded. If you hear nothing, alarms can only be seen: connect speakers, install a player, then check again</translation>
    </message>
  </context>
  <context>
    <name>SplitForm</name>
    <message>
      <source>下级各报一次，数字自动合计，不再向您要</source>
      <translation>Each below reports once; their figures are summed and not asked of you</translation>
    </message>
    <message>
      <source>下级，空格选中</source>
      <translation>Those below, Space ticks</translation>
    </message>
    <message>
      <source>不交</source>
      <translation>left out</translation>
    </message>
    <message>
      <source>交给</source>
      <translation>To</translation>
    </message>
    <message>
      <source>交给{n}个</source>
      <translation>Hand to {n}</translation>
    </message>
    <message>
      <source>任务</source>
      <translation>Task</translation>
    </message>
    <message>
      <source>全选、全不选</source>
      <translation>All or none</translation>
    </message>
    <message>
      <source>分解</source>
      <translation>Split</translation>
    </message>
    <message>
      <source>分解到下级</source>
      <translation>Split on</translation>
    </message>
    <message>
      <source>已经收到</source>
      <translation>has it</translation>
    </message>
    <message>
      <source>没有可以交给的下级</source>
      <translation>Nobody below to hand it to</translation>
    </message>
    <message>
      <source>至少交给一个下级</source>
      <translation>Hand it to one below at least</translation>
    </message>
  </context>
  <context>
    <name>Standing</name>
    <message>
      <source>、</source>
      <translation>, </translation>
    </message>
    <message>
      <source>主办 {what}</source>
      <translation>Lead {what}</translation>
    </message>
    <message>
      <source>协办 {what}</source>
      <translation>Assisting {what}</translation>
    </message>
    <message>
      <source>单位 {what}</source>
      <translation>Units {what}</translation>
    </message>
    <message>
      <source>并入 {what}</source>
      <translation>Into {what}</translation>
    </message>
    <message>
      <source>照片{n}张</source>
      <translation>{n} photos</translation>
    </message>
    <message>
      <source>还有更早的{n}步</source>
      <translation>and {n} earlier steps</translation>
    </message>
    <message>
      <source>限时 {what}</source>
      <translation>Limit {what}</translation>
    </message>
  </context>
  <context>
    <name>TaskDrawer</name>
    <message>
      <source>、</source>
      <translation>, </translation>
    </message>
    <message>
      <source>下次会复核</source>
      <translation>next meeting reviews it</translation>
    </message>
    <message>
      <source>事由</source>
      <translation>Reason</translation>
    </message>
    <message>
      <source>会上已复核</source>
      <translation>reviewed at a meeting</translation>
    </message>
    <message>
      <source>会外紧急</source>
      <translation>Urgent, no meeting</translation>
    </message>
    <message>
      <source>依据</source>
      <translation>Item</translation>
    </message>
    <message>
      <source>全部</source>
      <translation>All</translation>
    </message>
    <message>
      <source>共{n} 签收{s} 回报{r} 验收{a}</source>
      <translation>all {n}, signed {s}, reported {r}, accepted {a}</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>办理中</source>
      <translation>In hand</translation>
    </message>
    <message>
      <source>同类案件</source>
      <translation>Its cases</translation>
    </message>
    <message>
      <source>回报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>已回报</source>
      <translation>Reported</translation>
    </message>
    <message>
      <source>已经回报的不能转交，可先退回补报</source>
      <translation>Reported already, cannot be handed over; send it back first</translation>
    </message>
    <message>
      <source>批复延时</source>
      <translation>Answer</translation>
    </message>
    <message>
      <source>抄送</source>
      <translation>Copied to</translation>
    </message>
    <message>
      <source>提出</source>
      <translation>Proposed by</translation>
    </message>
    <message>
      <source>收件</source>
      <translation>To</translation>
    </message>
    <message>
      <source>收件方</source>
      <translation>Recipients</translation>
    </message>
    <message>
      <source>期限</source>
      <translation>Due</translation>
    </message>
    <message>
      <source>未签收</source>
      <translation>Not signed</translation>
    </message>
    <message>
      <source>来源</source>
      <translation>From</translation>
    </message>
    <message>
      <source>来源案件</source>
      <translation>Its case</translation>
    </message>
    <message>
      <source>要延时</source>
      <translation>Ask for time</translation>
    </message>
    <message>
      <source>要求</source>
      <translation>Wanted</translation>
    </message>
    <message>
      <source>起因</source>
      <translation>Root cause</translation>
    </message>
    <message>
      <source>超期</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>转交</source>
      <translation>Hand over</translation>
    </message>
    <message>
      <source>退回补报</source>
      <translation>Send back</translation>
    </message>
    <message>
      <source>验收</source>
      <translation>Accept</translation>
    </message>
  </context>
  <context>
    <name>TrailDrawer</name>
    <message>
      <source>{a}至{b}，含首尾两天</source>
      <translation>{a} to {b}, both days included</translation>
    </message>
    <message>
      <source>{m}分钟 {p}人</source>
      <translation>{m} min, {p} people</translation>
    </message>
    <message>
      <source>{n}个</source>
      <translation>{n}</translation>
    </message>
    <message>
      <source>{n}人次</source>
      <translation>{n} attendances</translation>
    </message>
    <message>
      <source>{n}件</source>
      <translation>{n} pieces</translation>
    </message>
    <message>
      <source>{n}分钟</source>
      <translation>{n} minutes</translation>
    </message>
    <message>
      <source>{n}条</source>
      <translation>{n} lines</translation>
    </message>
    <message>
      <source>{n}次</source>
      <translation>{n}</translation>
    </message>
    <message>
      <source>会议、发文和会外布置由服务器记账，这里逐条可查。</source>
      <translation>The server books meetings, documents and tasks outside meetings; each can be looked up here.</translation>
    </message>
    <message>
      <source>关闭</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>划去误记</source>
      <translation>Strike out</translation>
    </message>
    <message>
      <source>去年同期</source>
      <translation>Last year</translation>
    </message>
    <message>
      <source>晚开{n}分</source>
      <translation>began {n} min late</translation>
    </message>
    <message>
      <source>超时{n}分</source>
      <translation>{n} min over</translation>
    </message>
    <message>
      <source>近90天</source>
      <translation>90 days</translation>
    </message>
    <message>
      <source>这段时间没有记录</source>
      <translation>No records in this time</translation>
    </message>
    <message>
      <source>，共{sum}</source>
      <translation>, {sum} in all</translation>
    </message>
    <message>
      <source>，列出最近{n}条</source>
      <translation>, the latest {n} listed</translation>
    </message>
  </context>
  <context>
    <name>WeekBar</name>
    <message>
      <source>会外紧急</source>
      <translation>Urgent, no meeting</translation>
    </message>
    <message>
      <source>全部任务</source>
      <translation>All tasks</translation>
    </message>
    <message>
      <source>打印</source>
      <translation>Print</translation>
    </message>
    <message>
      <source>找任务、部门、清单项</source>
      <translation>Find tasks, bureaus, items</translation>
    </message>
    <message>
      <source>抄送 {n}</source>
      <translation>Copied {n}</translation>
    </message>
    <message>
      <source>排会</source>
      <translation>Plan meeting</translation>
    </message>
    <message>
      <source>提任务</source>
      <translation>Propose</translation>
    </message>
    <message>
      <source>本单位提出</source>
      <translation>Ours</translation>
    </message>
    <message>
      <source>本地任务</source>
      <translation>Local tasks</translation>
    </message>
    <message>
      <source>本地任务 {n}</source>
      <translation>Local tasks {n}</translation>
    </message>
    <message>
      <source>本次议程</source>
      <translation>On the agenda</translation>
    </message>
    <message>
      <source>来自问题池</source>
      <translation>From the pool</translation>
    </message>
    <message>
      <source>清单外</source>
      <translation>Off the lists</translation>
    </message>
    <message>
      <source>看板</source>
      <translation>Board</translation>
    </message>
    <message>
      <source>筛去{n}项</source>
      <translation>{n} filtered out</translation>
    </message>
    <message>
      <source>筛选任务</source>
      <translation>Filter tasks</translation>
    </message>
    <message>
      <source>结转的</source>
      <translation>Carried over</translation>
    </message>
    <message>
      <source>超期和临期</source>
      <translation>Late and near due</translation>
    </message>
  </context>
  <context>
    <name>WeekPanel</name>
    <message>
      <source>下次会 {day} {time}</source>
      <translation>next {day} {time}</translation>
    </message>
    <message>
      <source>会外紧急 {n}</source>
      <translation>urgent {n}</translation>
    </message>
    <message>
      <source>会议中</source>
      <translation>In session</translation>
    </message>
    <message>
      <source>周任务</source>
      <translation>Week's tasks</translation>
    </message>
    <message>
      <source>没有排会</source>
      <translation>No meeting planned</translation>
    </message>
    <message>
      <source>进行{n} 超期{m}</source>
      <translation>{n} under way, {m} late</translation>
    </message>
  </context>
  <context>
    <name>Words</name>
    <message>
      <source>12345热线</source>
      <translation>Hotline 12345</translation>
    </message>
    <message>
      <source>AI感知</source>
      <translation>AI video</translation>
    </message>
    <message>
      <source>{n}个乡镇（街道）</source>
      <translation>{n} townships</translation>
    </message>
    <message>
      <source>{n}个村</source>
      <translation>{n} villages</translation>
    </message>
    <message>
      <source>{n}个村（社区）</source>
      <translation>{n} villages</translation>
    </message>
    <message>
      <source>{n}个社区</source>
      <translation>{n} communities</translation>
    </message>
    <message>
      <source>{n}个网格</source>
      <translation>{n} grids</translation>
    </message>
    <message>
      <source>{n}个街道</source>
      <translation>{n} streets</translation>
    </message>
    <message>
      <source>{n}分钟</source>
      <translation>{n} minutes</translation>
    </message>
    <message>
      <source>{n}工作日</source>
      <translation>{n} work-days</translation>
    </message>
    <message>
      <source>{n}工作时</source>
      <translation>{n} work-hours</translation>
    </message>
    <message>
      <source>{n}紧急工作时</source>
      <translation>{n} urgent hours</translation>
    </message>
    <message>
      <source>{n}自然日</source>
      <translation>{n} calendar days</translation>
    </message>
    <message>
      <source>一周只开一次会，一季度一次专门会，已经排了</source>
      <translation>One meeting a week, one session a quarter; it is already booked</translation>
    </message>
    <message>
      <source>一次会</source>
      <translation>Weekly meeting</translation>
    </message>
    <message>
      <source>一级网格长</source>
      <translation>Grid chief</translation>
    </message>
    <message>
      <source>三个圈层都要有成员到场</source>
      <translation>Members of all three circles must be present</translation>
    </message>
    <message>
      <source>三级网格员</source>
      <translation>Grid worker</translation>
    </message>
    <message>
      <source>上报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>上报一级网格长</source>
      <translation>Raised to the chief</translation>
    </message>
    <message>
      <source>下一项</source>
      <translation>Next item</translation>
    </message>
    <message>
      <source>不予准入</source>
      <translation>Refuse admission</translation>
    </message>
    <message>
      <source>不同意作废</source>
      <translation>Void refused</translation>
    </message>
    <message>
      <source>不同意延时</source>
      <translation>Deny time</translation>
    </message>
    <message>
      <source>不同意延期</source>
      <translation>Extension refused</translation>
    </message>
    <message>
      <source>不同意挂账</source>
      <translation>Suspension refused</translation>
    </message>
    <message>
      <source>不同意申请</source>
      <translation>Refused</translation>
    </message>
    <message>
      <source>不在您的辖区，由当地办理</source>
      <translation>Not in your area; the people there do it</translation>
    </message>
    <message>
      <source>不存在</source>
      <translation>does not exist</translation>
    </message>
    <message>
      <source>不属本单位职责</source>
      <translation>not this unit's duty</translation>
    </message>
    <message>
      <source>不是您的单位提出或承办的</source>
      <translation>Neither proposed nor handled by your unit</translation>
    </message>
    <message>
      <source>中心主任</source>
      <translation>Centre head</translation>
    </message>
    <message>
      <source>临期</source>
      <translation>Due soon</translation>
    </message>
    <message>
      <source>主要第{n}项</source>
      <translation>Main {n}</translation>
    </message>
    <message>
      <source>事实不清</source>
      <translation>facts unclear</translation>
    </message>
    <message>
      <source>二级网格员</source>
      <translation>Grid lead</translation>
    </message>
    <message>
      <source>交回单位</source>
      <translation>Given back to unit</translation>
    </message>
    <message>
      <source>任务备注</source>
      <translation>Note on task</translation>
    </message>
    <message>
      <source>会上发布</source>
      <translation>Published at meeting</translation>
    </message>
    <message>
      <source>会外只能布置紧急任务，要写明事由</source>
      <translation>Outside a meeting only urgent tasks go out, with a written reason</translation>
    </message>
    <message>
      <source>会外紧急布置</source>
      <translation>Hand down urgently</translation>
    </message>
    <message>
      <source>会议中</source>
      <translation>In session</translation>
    </message>
    <message>
      <source>会议已由别人主持</source>
      <translation>Somebody else chairs the meeting</translation>
    </message>
    <message>
      <source>作废</source>
      <translation>Void</translation>
    </message>
    <message>
      <source>保留证明第{n}项</source>
      <translation>Kept cert. {n}</translation>
    </message>
    <message>
      <source>值班长</source>
      <translation>Shift leader</translation>
    </message>
    <message>
      <source>停开证明第{n}项</source>
      <translation>Ended cert. {n}</translation>
    </message>
    <message>
      <source>催办</source>
      <translation>Urge</translation>
    </message>
    <message>
      <source>党建</source>
      <translation>Party</translation>
    </message>
    <message>
      <source>党政渠道</source>
      <translation>Party-government</translation>
    </message>
    <message>
      <source>党政部门</source>
      <translation>Government</translation>
    </message>
    <message>
      <source>党组织</source>
      <translation>Party</translation>
    </message>
    <message>
      <source>准入</source>
      <translation>Admit</translation>
    </message>
    <message>
      <source>准入第{n}项</source>
      <translation>Admitted {n}</translation>
    </message>
    <message>
      <source>分解到下级</source>
      <translation>Split on</translation>
    </message>
    <message>
      <source>划去误记</source>
      <translation>Strike out</translation>
    </message>
    <message>
      <source>别人刚改过，您的指令没有执行，请按新的再办</source>
      <translation>Somebody has just changed it; your command was not carried out, do it again on the new state</translation>
    </message>
    <message>
      <source>到会人数不足，开不了会</source>
      <translation>Too few are present to open the meeting</translation>
    </message>
    <message>
      <source>到场</source>
      <translation>On site</translation>
    </message>
    <message>
      <source>到时自动</source>
      <translation>Automatic</translation>
    </message>
    <message>
      <source>到时自动结束</source>
      <translation>Ended by time</translation>
    </message>
    <message>
      <source>办理中</source>
      <translation>In hand</translation>
    </message>
    <message>
      <source>办结</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>办结剩</source>
      <translation>To close</translation>
    </message>
    <message>
      <source>加协办</source>
      <translation>Unit added</translation>
    </message>
    <message>
      <source>加时</source>
      <translation>Add time</translation>
    </message>
    <message>
      <source>区县</source>
      <translation>County</translation>
    </message>
    <message>
      <source>协助第{n}项</source>
      <translation>Assist {n}</translation>
    </message>
    <message>
      <source>单一窗口</source>
      <translation>Single window</translation>
    </message>
    <message>
      <source>反馈</source>
      <translation>Fed back</translation>
    </message>
    <message>
      <source>发核实</source>
      <translation>Sent to verify</translation>
    </message>
    <message>
      <source>取消会议</source>
      <translation>Cancel meeting</translation>
    </message>
    <message>
      <source>受理</source>
      <translation>Accepted</translation>
    </message>
    <message>
      <source>受理剩</source>
      <translation>Intake</translation>
    </message>
    <message>
      <source>受理员</source>
      <translation>Intake clerk</translation>
    </message>
    <message>
      <source>只有主持人能办，可先接主持</source>
      <translation>Only the chair may; take the chair first</translation>
    </message>
    <message>
      <source>同一人不能办前后两步，请换人</source>
      <translation>The same person may not take both steps; ask a colleague</translation>
    </message>
    <message>
      <source>同意延时</source>
      <translation>Grant time</translation>
    </message>
    <message>
      <source>同意延期</source>
      <translation>Extension granted</translation>
    </message>
    <message>
      <source>同意申请</source>
      <translation>Granted</translation>
    </message>
    <message>
      <source>同意退单</source>
      <translation>Return accepted</translation>
    </message>
    <message>
      <source>吹哨</source>
      <translation>Whistle</translation>
    </message>
    <message>
      <source>响应</source>
      <translation>Responded</translation>
    </message>
    <message>
      <source>回报</source>
      <translation>Report</translation>
    </message>
    <message>
      <source>回访剩</source>
      <translation>Call back</translation>
    </message>
    <message>
      <source>回访已解决</source>
      <translation>Call-back: solved</translation>
    </message>
    <message>
      <source>回访未解决</source>
      <translation>Call-back: not solved</translation>
    </message>
    <message>
      <source>回退</source>
      <translation>Returned</translation>
    </message>
    <message>
      <source>回退受理</source>
      <translation>Sent back to intake</translation>
    </message>
    <message>
      <source>地点不在管辖范围</source>
      <translation>place outside its area</translation>
    </message>
    <message>
      <source>填写的内容不合规定</source>
      <translation>What was entered is not allowed</translation>
    </message>
    <message>
      <source>处置</source>
      <translation>Handling</translation>
    </message>
    <message>
      <source>处置中</source>
      <translation>Handling</translation>
    </message>
    <message>
      <source>处置剩</source>
      <translation>Handle</translation>
    </message>
    <message>
      <source>备注</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>复核会外紧急</source>
      <translation>Review urgent task</translation>
    </message>
    <message>
      <source>大党委</source>
      <translation>Community committee</translation>
    </message>
    <message>
      <source>大屏</source>
      <translation>Wall</translation>
    </message>
    <message>
      <source>大工委</source>
      <translation>Street committee</translation>
    </message>
    <message>
      <source>媒体</source>
      <translation>Media</translation>
    </message>
    <message>
      <source>对方已经收到过这项任务</source>
      <translation>They have this task already</translation>
    </message>
    <message>
      <source>对方的回答不是指挥台服务器的格式，请核对地址。</source>
      <translation>The answer is not a command server's; check the address.</translation>
    </message>
    <message>
      <source>属实</source>
      <translation>exists</translation>
    </message>
    <message>
      <source>已到规定的次数或时限上限</source>
      <translation>The allowed number or length is reached</translation>
    </message>
    <message>
      <source>已办结</source>
      <translation>Closed</translation>
    </message>
    <message>
      <source>已取消</source>
      <translation>Cancelled</translation>
    </message>
    <message>
      <source>已回报</source>
      <translation>Reported</translation>
    </message>
    <message>
      <source>已完成</source>
      <translation>Done</translation>
    </message>
    <message>
      <source>已定，等到时发出</source>
      <translation>Decided, waits for its hour</translation>
    </message>
    <message>
      <source>已排</source>
      <translation>Planned</translation>
    </message>
    <message>
      <source>已撤回</source>
      <translation>Withdrawn</translation>
    </message>
    <message>
      <source>已有一项申请等答复</source>
      <translation>One request is still waiting for its answer</translation>
    </message>
    <message>
      <source>已经发布过，没有重发</source>
      <translation>It was published before and was not sent again</translation>
    </message>
    <message>
      <source>已经回报过，一项任务只报一次</source>
      <translation>It was reported before; a task is reported once</translation>
    </message>
    <message>
      <source>已经超期，不能延期</source>
      <translation>It is overdue already and cannot be extended</translation>
    </message>
    <message>
      <source>已结束</source>
      <translation>Ended</translation>
    </message>
    <message>
      <source>已过期限</source>
      <translation>The deadline has passed</translation>
    </message>
    <message>
      <source>已过退单期限</source>
      <translation>The time for returning it is over</translation>
    </message>
    <message>
      <source>已退回提出部门</source>
      <translation>Returned to proposer</translation>
    </message>
    <message>
      <source>已验收</source>
      <translation>Accepted</translation>
    </message>
    <message>
      <source>市</source>
      <translation>City</translation>
    </message>
    <message>
      <source>并入</source>
      <translation>Merged</translation>
    </message>
    <message>
      <source>并入一件</source>
      <translation>Case merged in</translation>
    </message>
    <message>
      <source>并案</source>
      <translation>Merged</translation>
    </message>
    <message>
      <source>应急</source>
      <translation>emergency</translation>
    </message>
    <message>
      <source>延期</source>
      <translation>Extended</translation>
    </message>
    <message>
      <source>开会</source>
      <translation>Open meeting</translation>
    </message>
    <message>
      <source>开会后清单换了版本，请按新清单复核后再发布</source>
      <translation>The lists have changed since the meeting opened; check with the new ones, then publish</translation>
    </message>
    <message>
      <source>强制结案</source>
      <translation>Closed by force</translation>
    </message>
    <message>
      <source>待办结</source>
      <translation>To close</translation>
    </message>
    <message>
      <source>待受理</source>
      <translation>Intake</translation>
    </message>
    <message>
      <source>待回访</source>
      <translation>Call back</translation>
    </message>
    <message>
      <source>待布置</source>
      <translation>To assign</translation>
    </message>
    <message>
      <source>待把关</source>
      <translation>To approve</translation>
    </message>
    <message>
      <source>待核查</source>
      <translation>Check</translation>
    </message>
    <message>
      <source>待派遣</source>
      <translation>Dispatch</translation>
    </message>
    <message>
      <source>待签收</source>
      <translation>To sign</translation>
    </message>
    <message>
      <source>待验收</source>
      <translation>To accept</translation>
    </message>
    <message>
      <source>恢复</source>
      <translation>Resumed</translation>
    </message>
    <message>
      <source>恢复剩</source>
      <translation>Resumes in</translation>
    </message>
    <message>
      <source>恢复报警</source>
      <translation>Unshelve the alarm</translation>
    </message>
    <message>
      <source>您的单位没有被吹哨，或已报到</source>
      <translation>Your unit was not called, or has reported in</translation>
    </message>
    <message>
      <source>您的岗位不能办这一步</source>
      <translation>Your post may not take this step</translation>
    </message>
    <message>
      <source>报到</source>
      <translation>Reported in</translation>
    </message>
    <message>
      <source>报进度</source>
      <translation>Tell progress</translation>
    </message>
    <message>
      <source>拆出一件</source>
      <translation>Case split off</translation>
    </message>
    <message>
      <source>拆分</source>
      <translation>Split off</translation>
    </message>
    <message>
      <source>挂账</source>
      <translation>Suspended</translation>
    </message>
    <message>
      <source>挂起</source>
      <translation>On hold</translation>
    </message>
    <message>
      <source>按新清单复核</source>
      <translation>Check with new lists</translation>
    </message>
    <message>
      <source>排会</source>
      <translation>Plan meeting</translation>
    </message>
    <message>
      <source>排入议程</source>
      <translation>Put on agenda</translation>
    </message>
    <message>
      <source>排查</source>
      <translation>Inspected</translation>
    </message>
    <message>
      <source>接主持</source>
      <translation>Take the chair</translation>
    </message>
    <message>
      <source>接入渠道</source>
      <translation>Channel</translation>
    </message>
    <message>
      <source>提交核查</source>
      <translation>Sent to check</translation>
    </message>
    <message>
      <source>提出任务</source>
      <translation>Propose task</translation>
    </message>
    <message>
      <source>提醒</source>
      <translation>reminder</translation>
    </message>
    <message>
      <source>搁置报警</source>
      <translation>Shelve the alarm</translation>
    </message>
    <message>
      <source>撤回任务</source>
      <translation>Withdraw task</translation>
    </message>
    <message>
      <source>改任务</source>
      <translation>Change task</translation>
    </message>
    <message>
      <source>改会议安排</source>
      <translation>Change meeting</translation>
    </message>
    <message>
      <source>改派</source>
      <translation>Re-routed</translation>
    </message>
    <message>
      <source>改由他方接收</source>
      <translation>Hand over</translation>
    </message>
    <message>
      <source>无法判断</source>
      <translation>cannot tell</translation>
    </message>
    <message>
      <source>有收件方已撤并，请改收件方后再发布</source>
      <translation>A recipient was merged away; change the recipients, then publish</translation>
    </message>
    <message>
      <source>服务器上没有这一项</source>
      <translation>The server does not know it</translation>
    </message>
    <message>
      <source>服务器上没有这件案件</source>
      <translation>The server has no such case</translation>
    </message>
    <message>
      <source>服务器不收这张照片</source>
      <translation>The server does not take this photo</translation>
    </message>
    <message>
      <source>服务器不认得这条指令，请升级本程序</source>
      <translation>The server does not know this command; upgrade this program</translation>
    </message>
    <message>
      <source>服务器内部出错，稍后自动再试。</source>
      <translation>The server failed; it is tried again by itself.</translation>
    </message>
    <message>
      <source>服务器在这一条上几次出错，还没有办；指令已存下，会继续再试</source>
      <translation>The server failed on this several times and has not done it; the command is kept and will be tried again</translation>
    </message>
    <message>
      <source>服务器正忙，稍后自动再试。</source>
      <translation>The server is busy; it is tried again by itself.</translation>
    </message>
    <message>
      <source>服务器没有接受</source>
      <translation>The server did not accept it</translation>
    </message>
    <message>
      <source>服务器证书不可信，已停止连接。请核对证书文件。</source>
      <translation>The server's certificate cannot be trusted; the connection was stopped. Check the certificate file.</translation>
    </message>
    <message>
      <source>本机数据正被另一个指挥台窗口使用。</source>
      <translation>Another command screen on this machine is using the data.</translation>
    </message>
    <message>
      <source>本机程序在这一条上出错，效果没有显示；指令已存下，照常发给服务器</source>
      <translation>This program failed on this and cannot show its effect; the command is kept and is sent to the server as usual</translation>
    </message>
    <message>
      <source>本程序版本过旧，请升级后再同步。</source>
      <translation>This program is too old to synchronise; upgrade it.</translation>
    </message>
    <message>
      <source>核实中</source>
      <translation>Verifying</translation>
    </message>
    <message>
      <source>核实剩</source>
      <translation>Verify in</translation>
    </message>
    <message>
      <source>核实回复</source>
      <translation>Verified</translation>
    </message>
    <message>
      <source>核查不达标</source>
      <translation>Check failed</translation>
    </message>
    <message>
      <source>核查剩</source>
      <translation>Check</translation>
    </message>
    <message>
      <source>核查通过</source>
      <translation>Check passed</translation>
    </message>
    <message>
      <source>案件不在您的辖区</source>
      <translation>The case is outside your area</translation>
    </message>
    <message>
      <source>案件不由您的单位主办</source>
      <translation>Your unit does not lead this case</translation>
    </message>
    <message>
      <source>案件已被别人办到{state}，您的指令没有执行</source>
      <translation>Someone else moved the case to {state}; your command was not carried out</translation>
    </message>
    <message>
      <source>案件没有登记成，这一条也没有办</source>
      <translation>The case was not registered, so this was not done either</translation>
    </message>
    <message>
      <source>案件现在是{state}，这一步办不了</source>
      <translation>The case is at {state}; this step cannot be taken</translation>
    </message>
    <message>
      <source>正常</source>
      <translation>On time</translation>
    </message>
    <message>
      <source>民生</source>
      <translation>Livelihood</translation>
    </message>
    <message>
      <source>没有等答复的申请</source>
      <translation>No request waits for an answer</translation>
    </message>
    <message>
      <source>没有等答复的申请或督办</source>
      <translation>Nothing waits for an answer</translation>
    </message>
    <message>
      <source>没有超期，不必申诉</source>
      <translation>It was not overdue; there is nothing to appeal</translation>
    </message>
    <message>
      <source>没有这个单位</source>
      <translation>No such unit</translation>
    </message>
    <message>
      <source>没有这个收件地区</source>
      <translation>No such recipient</translation>
    </message>
    <message>
      <source>没有这个网格</source>
      <translation>There is no such grid</translation>
    </message>
    <message>
      <source>没有这个问题类别</source>
      <translation>There is no such class</translation>
    </message>
    <message>
      <source>派遣</source>
      <translation>Dispatch</translation>
    </message>
    <message>
      <source>派遣剩</source>
      <translation>Dispatch</translation>
    </message>
    <message>
      <source>派遣员</source>
      <translation>Dispatcher</translation>
    </message>
    <message>
      <source>清单外事项不能布置到村（社区）：退回、部门自办或申请准入</source>
      <translation>Off-list, not for villages: return, keep, or ask to admit</translation>
    </message>
    <message>
      <source>清单里没有这一项</source>
      <translation>The list has no such item</translation>
    </message>
    <message>
      <source>现在的状态办不了这一步，可能别人先办了</source>
      <translation>This step is not possible as things stand; someone may have been first</translation>
    </message>
    <message>
      <source>申诉</source>
      <translation>Appeal</translation>
    </message>
    <message>
      <source>申诉不成立</source>
      <translation>Appeal rejected</translation>
    </message>
    <message>
      <source>申诉初审同意</source>
      <translation>Appeal passed first review</translation>
    </message>
    <message>
      <source>申诉成立，不计超时</source>
      <translation>Appeal upheld, exempt</translation>
    </message>
    <message>
      <source>申请</source>
      <translation>Asked</translation>
    </message>
    <message>
      <source>申请作废</source>
      <translation>Asked to void</translation>
    </message>
    <message>
      <source>申请准入</source>
      <translation>Ask admission</translation>
    </message>
    <message>
      <source>申请延时</source>
      <translation>Ask for time</translation>
    </message>
    <message>
      <source>申请延期</source>
      <translation>Asked for extension</translation>
    </message>
    <message>
      <source>申请挂账</source>
      <translation>Asked to suspend</translation>
    </message>
    <message>
      <source>督办回复</source>
      <translation>Reply</translation>
    </message>
    <message>
      <source>督查员</source>
      <translation>Supervisor</translation>
    </message>
    <message>
      <source>确认报警</source>
      <translation>Acknowledge the alarm</translation>
    </message>
    <message>
      <source>磁盘已满，新数据暂存不下。腾出空间后自动继续，已存的没有丢。</source>
      <translation>The disk is full. Free some space and it goes on; nothing stored is lost.</translation>
    </message>
    <message>
      <source>社会</source>
      <translation>Society</translation>
    </message>
    <message>
      <source>社会组织</source>
      <translation>Social organisation</translation>
    </message>
    <message>
      <source>移出议程</source>
      <translation>Take off agenda</translation>
    </message>
    <message>
      <source>签到</source>
      <translation>Attendance</translation>
    </message>
    <message>
      <source>签收</source>
      <translation>Sign</translation>
    </message>
    <message>
      <source>签收任务</source>
      <translation>Sign for task</translation>
    </message>
    <message>
      <source>签收剩</source>
      <translation>Sign</translation>
    </message>
    <message>
      <source>系统管理员</source>
      <translation>Administrator</translation>
    </message>
    <message>
      <source>终审派单</source>
      <translation>Binding ruling</translation>
    </message>
    <message>
      <source>经办人</source>
      <translation>Handler</translation>
    </message>
    <message>
      <source>经济</source>
      <translation>Economy</translation>
    </message>
    <message>
      <source>结束会议</source>
      <translation>End meeting</translation>
    </message>
    <message>
      <source>结转到本次会</source>
      <translation>Carry over</translation>
    </message>
    <message>
      <source>群团渠道</source>
      <translation>Mass organisation</translation>
    </message>
    <message>
      <source>群团组织</source>
      <translation>Mass organisation</translation>
    </message>
    <message>
      <source>联动</source>
      <translation>Joint action</translation>
    </message>
    <message>
      <source>联合执法</source>
      <translation>joint enforcement</translation>
    </message>
    <message>
      <source>自办完成</source>
      <translation>Finished by bureau</translation>
    </message>
    <message>
      <source>自处理</source>
      <translation>Self-handled</translation>
    </message>
    <message>
      <source>街道</source>
      <translation>Township</translation>
    </message>
    <message>
      <source>街道解决不了的诉求</source>
      <translation>beyond the township</translation>
    </message>
    <message>
      <source>补附件</source>
      <translation>Add evidence</translation>
    </message>
    <message>
      <source>要件不全</source>
      <translation>Something required is missing</translation>
    </message>
    <message>
      <source>要村（社区）开的证明已经停开</source>
      <translation>It asks villages for a certificate that is no longer issued</translation>
    </message>
    <message>
      <source>记决议</source>
      <translation>Record resolution</translation>
    </message>
    <message>
      <source>记减负台账</source>
      <translation>Note in burden account</translation>
    </message>
    <message>
      <source>记要点</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>试得太勤，请稍后再试。</source>
      <translation>Too many tries; wait a little.</translation>
    </message>
    <message>
      <source>账号或口令不对。</source>
      <translation>Account or password is wrong.</translation>
    </message>
    <message>
      <source>超期</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>超期督办</source>
      <translation>supervised, overdue</translation>
    </message>
    <message>
      <source>返工</source>
      <translation>Rework</translation>
    </message>
    <message>
      <source>还没有回访</source>
      <translation>Not called back yet</translation>
    </message>
    <message>
      <source>还没有核查通过</source>
      <translation>The check has not passed yet</translation>
    </message>
    <message>
      <source>这个账号没有此项权限。</source>
      <translation>This account may not do that.</translation>
    </message>
    <message>
      <source>这周是无会周，不排会</source>
      <translation>A no-meeting week; no meeting is booked</translation>
    </message>
    <message>
      <source>这天是无会日或休息日，不排会</source>
      <translation>A no-meeting day or a day off; no meeting is booked</translation>
    </message>
    <message>
      <source>进展</source>
      <translation>Progress</translation>
    </message>
    <message>
      <source>进行中</source>
      <translation>Active</translation>
    </message>
    <message>
      <source>连不上服务器。已有数据照常可看，连上后自动补齐。</source>
      <translation>No connection. What is here can be read; it catches up by itself.</translation>
    </message>
    <message>
      <source>退单</source>
      <translation>Returned</translation>
    </message>
    <message>
      <source>退回提出部门</source>
      <translation>Return to proposer</translation>
    </message>
    <message>
      <source>退回补报</source>
      <translation>Send back</translation>
    </message>
    <message>
      <source>部门自办</source>
      <translation>Done by bureau</translation>
    </message>
    <message>
      <source>采集员</source>
      <translation>Collector</translation>
    </message>
    <message>
      <source>重开</source>
      <translation>Reopened</translation>
    </message>
    <message>
      <source>重点案件督办</source>
      <translation>supervised, key case</translation>
    </message>
    <message>
      <source>鞍心通</source>
      <translation>Grid app</translation>
    </message>
    <message>
      <source>须由其他单位先办</source>
      <translation>others must act first</translation>
    </message>
    <message>
      <source>领导批示督办</source>
      <translation>supervised, leader's instruction</translation>
    </message>
    <message>
      <source>驳回识别</source>
      <translation>Dismiss the recognition</translation>
    </message>
    <message>
      <source>验收任务</source>
      <translation>Accept task</translation>
    </message>
    <message>
      <source>验收回报</source>
      <translation>Accept report</translation>
    </message>
  </context>
</TS>
